// @vitest-environment jsdom
import { fireEvent, render, screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { Sections } from './Sections.tsx'

const LABEL = 'Settings'

it('a long page has a list of its sections, which leads to each of them', () => {
  const led: string[] = []
  Element.prototype.scrollIntoView = function scrollIntoView(this: Element) {
    led.push(this.id)
  }
  const sections = ['one', 'two'].map((id) => ({ id, title: `Title ${id}`, content: <p>{id}</p> }))
  render(<Sections label={LABEL} sections={sections} />)
  const list = screen.getByRole('navigation', { name: LABEL })
  expect(list.querySelector('[aria-current]')?.textContent).toBe('Title one')
  fireEvent.click(screen.getByRole('button', { name: 'Title two' }))
  expect(led).toEqual(['two'])
  expect(document.activeElement?.id).toBe('two')
})
