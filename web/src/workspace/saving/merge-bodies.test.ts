import { expect, it } from 'vitest'
import type { LabelBody } from '../label-body.ts'
import { mergeBodies } from './merge-bodies.ts'

const boxes = (...marks: [string, number][]) =>
  ({
    type: 2000,
    data: { key: ['object'], boxes: marks.map(([id, x]) => ({ id, class: 0, box: [x, 0, 5, 5] })) },
  }) as LabelBody

it('two people’s marks are all kept, and a mark of both is as I left it', () => {
  const merged = mergeBodies(boxes(['common', 1], ['theirs', 2]), boxes(['common', 7], ['mine', 3]))
  expect(merged).toEqual(boxes(['theirs', 2], ['common', 7], ['mine', 3]))
})

it('one answer of several cannot be two', () => {
  const answer = { type: 1003, data: { key: ['a', 'b'], weight: [0, 1], value: 1 } } as LabelBody
  expect(mergeBodies(answer, answer)).toBeNull()
})
