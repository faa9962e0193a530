import { expect, it } from 'vitest'
import type { LabelData } from '../label.ts'
import { applyMerge, type MarksPlan } from './merge-plan.ts'
import { mergeReaders } from './merge-readers.ts'

const boxes = (...places: [id: string, x: number, value?: number][]): LabelData => ({
  key: ['a', 'b'],
  boxes: places.map(([id, x, value = 0]) => ({ id, class: value, box: [x, 0, 10, 10] })),
})

it('puts marks of the same thing in one row, takes what most readers marked and asks about the rest', () => {
  const plan = mergeReaders([boxes(['p', 0], ['q', 50]), boxes(['r', 1]), boxes(['s', 2, 1], ['t', 90])]) as MarksPlan
  expect(plan.rows.map(({ versions }) => versions.map((version) => version?.id ?? null))).toEqual([
    ['p', 'r', 's'],
    ['q', null, null],
    [null, null, 't'],
  ])
  expect(plan.rows.map(({ take, isConflict }) => [take, isConflict])).toEqual([
    [0, true],
    ['none', true],
    ['none', true],
  ])
  expect(applyMerge(plan)).toEqual(boxes(['p', 0]))
})

it('takes the answer of most readers, and none where they are divided', () => {
  const answer = (value: number) => ({ key: ['a', 'b', 'c'], weight: [0, 0, 0], value }) as LabelData
  expect(applyMerge(mergeReaders([answer(0), answer(2), answer(2)]))).toEqual(answer(2))
  expect(applyMerge(mergeReaders([answer(0), answer(2)]))).toBeNull()
})
