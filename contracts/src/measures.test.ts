import { expect, it } from 'vitest'
import { LabelFile } from './label.ts'
import { Measure, mergeMeasures } from './measures.ts'
import { applyMerge } from './merge/merge-plan.ts'
import { mergeTwo } from './merge/merge-two.ts'

const length = (id: string, x = 10): Measure => ({
  id,
  kind: 'length',
  points: [
    [0, 0],
    [x, 0],
  ],
})

it('a measurement has the points of its kind', () => {
  expect(Measure.safeParse(length('a')).success).toBe(true)
  expect(Measure.safeParse({ ...length('a'), kind: 'angle' }).success).toBe(false)
  expect(Measure.safeParse({ ...length('a'), points: [[0, 0]] }).success).toBe(false)
})

it.each([
  { type: 1000, data: {} },
  { type: 1001, data: { key: { '0': 'cat', '1': 'dog' }, value: null } },
  { type: 1003, data: { key: ['a', 'b'], weight: [0, 1], value: 1 } },
  { type: 2000, data: { key: ['a'], boxes: [] } },
  { type: 3000, data: { key: ['a'], size: [4, 4], masks: [] } },
])('a label of type $type may carry measurements, and need not', ({ type, data }) => {
  expect(LabelFile.safeParse({ type, data }).success).toBe(true)
  const file = { type, data: { ...data, measures: [length('a')] } }
  expect(LabelFile.parse(file)).toEqual(file)
  expect(LabelFile.safeParse({ type, data: { ...data, measures: [length('a'), length('a')] } }).success).toBe(false)
})

it('measurements of two people are both kept, and what one of them took away is gone', () => {
  const base = [length('old'), length('moved')]
  const theirs = [length('old'), length('moved', 20), length('theirs')]
  const mine = [length('moved'), length('mine')]
  const merged = mergeMeasures(base, theirs, mine)
  expect(merged).toEqual([length('moved', 20), length('theirs'), length('mine')])
  const form = { key: ['a'], boxes: [] }
  const plan = mergeTwo({
    base: { ...form, measures: base },
    theirs: { ...form, measures: theirs },
    mine: { ...form, measures: mine },
  })
  expect(applyMerge(plan)).toEqual({ ...form, measures: merged })
})
