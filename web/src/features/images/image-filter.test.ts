import { expect, it } from 'vitest'
import {
  countRareFilters,
  ImageFilter,
  isNarrowed,
  pickFilter,
  queryOf,
  readQuery,
  writeQuery,
} from './image-filter.ts'

it('keeps what it knows of an address and drops the rest', () => {
  const search = ImageFilter.parse({
    text: 4711,
    state: 'LOST',
    scoreTo: 0.5,
    from: 'soon',
    to: '2026-02-28',
    extra: 1,
  })
  expect(pickFilter(search)).toEqual({ text: '4711', scoreTo: 0.5, to: '2026-02-28' })
})

it('tells an order from a filter', () => {
  expect(isNarrowed({ order: 'name' })).toBe(false)
  expect(isNarrowed({ order: 'name', text: 'a' })).toBe(true)
  expect(isNarrowed({ text: '' })).toBe(false)
})

it('counts a range as one filter', () => {
  expect(countRareFilters({ scoreFrom: 0, scoreTo: 0.5, from: '2026-01-01', to: '2026-01-02' })).toBe(2)
  expect(countRareFilters({ state: 'FROZEN' })).toBe(0)
})

it('asks from the beginning of the first day to the end of the last', () => {
  const { from, to } = queryOf({ from: '2026-02-28', to: '2026-02-28' })
  expect(new Date(to ?? '').getTime() - new Date(from ?? '').getTime()).toBe(86_400_000)
  expect(queryOf({ text: 'a' })).toEqual({ text: 'a' })
})

it('comes back from the address it was written to', () => {
  const filter: ImageFilter = { annotated: false, class: 0, text: '细胞 & "more"', scoreTo: 0.25, from: '2026-01-31' }
  expect(readQuery(writeQuery(filter))).toEqual(filter)
  expect(readQuery('scoreTo=high&state=LOST&x=1&order=name')).toEqual({ order: 'name' })
})
