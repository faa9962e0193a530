import { expect, it } from 'vitest'
import { chooseAll, keepListed, NOTHING, toggle } from './selection.ts'

const order = ['a', 'b', 'c', 'd', 'e']
const chosen = (selection: { ids: ReadonlySet<string> }) => [...selection.ids].sort().join('')

it('chooses one and lets it go again', () => {
  const one = toggle(NOTHING, 'b', order)
  expect(chosen(one)).toBe('b')
  expect(chosen(toggle(one, 'b', order))).toBe('')
})

it('chooses a range in either direction', () => {
  expect(chosen(toggle(toggle(NOTHING, 'b', order), 'd', order, true))).toBe('bcd')
  expect(chosen(toggle(toggle(NOTHING, 'd', order), 'a', order, true))).toBe('abcd')
})

it('lets a range go when its end was chosen', () => {
  expect(chosen(toggle({ ...chooseAll(order), anchor: 'b' }, 'c', order, true))).toBe('ade')
})

it('begins anew where the beginning of a range is gone', () => {
  expect(chosen(toggle({ ids: new Set(['x']), anchor: 'x' }, 'c', order, true))).toBe('cx')
})

it('forgets what left the list, and stays the same where nothing did', () => {
  const all = chooseAll(order)
  expect(chosen(keepListed(all, ['a', 'e', 'f']))).toBe('ae')
  expect(keepListed(all, order)).toBe(all)
})
