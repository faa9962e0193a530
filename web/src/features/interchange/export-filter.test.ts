import { expect, it } from 'vitest'
import { exportFilterOf } from './export-filter.ts'

it('takes over what a list is narrowed to, days as moments, and leaves order and study out', () => {
  const filter = exportFilterOf({
    state: 'FROZEN',
    annotated: true,
    class: 2,
    text: 'chest',
    skipped: false,
    burnedIn: true,
    scoreFrom: 0.5,
    review: 'accepted',
    from: '2026-03-01',
    order: 'name',
    read: true,
  })
  expect(filter).toEqual({
    state: 'FROZEN',
    annotated: true,
    class: 2,
    text: 'chest',
    skipped: false,
    burnedIn: true,
    scoreFrom: 0.5,
    review: 'accepted',
    from: new Date('2026-03-01T00:00').toISOString(),
  })
})

it('an empty filter means everything', () => {
  expect(exportFilterOf({ text: '', order: 'newest' })).toEqual({})
})
