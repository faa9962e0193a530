// @vitest-environment jsdom
import { screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { openPage } from '../../testing/open-page.tsx'

const me = { id: '0190a000-0000-7000-8000-000000000001', username: 'ann', email: 'a@example.org', role: 'user' }

it('a new article has fields with names, and a preview', async () => {
  await openPage('/articles/new', { '/me': me, '/organisations': { items: [] }, '/projects': { items: [] } })
  const field = await screen.findByRole('textbox', { name: 'Text' })
  expect(field.tagName).toBe('TEXTAREA')
  expect(screen.getByRole('textbox', { name: /Title/ })).toBeTruthy()
  expect(screen.getByRole('region', { name: 'Preview' })).toBeTruthy()
})
