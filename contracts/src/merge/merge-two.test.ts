import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LabelData } from '../label.ts'
import { decodeRle, encodeRle } from '../rle.ts'
import { applyMerge, type MarksPlan } from './merge-plan.ts'
import { mergeTwo } from './merge-two.ts'

type Place = [id: string, x: number, value?: number]
const boxes = (...places: Place[]): LabelData => ({
  key: ['a', 'b'],
  boxes: places.map(([id, x, value = 0]) => ({ id, class: value, box: [x, 0, 5, 5] })),
})
const size: [number, number] = [4, 5]
const masks = (...list: [id: string, pixels: ArrayLike<number>][]): LabelData => ({
  key: ['a'],
  size,
  masks: list.map(([id, pixels]) => ({ id, class: 0, rle: encodeRle(pixels, size) })),
})
const tags = (...list: string[]): LabelData => ({ tags: list })
const merge = (base: LabelData | null, theirs: LabelData, mine: LabelData) =>
  applyMerge(mergeTwo({ base, theirs, mine }))

describe('the labels of two people', () => {
  it('keep what each of them added', () => {
    const base = boxes(['common', 1])
    const merged = merge(base, boxes(['common', 1], ['theirs', 2]), boxes(['common', 1], ['mine', 3]))
    expect(merged).toEqual(boxes(['common', 1], ['theirs', 2], ['mine', 3]))
  })

  it('keep a change that only one of them made, and a removal of what the other left alone', () => {
    const base = boxes(['a', 1], ['b', 2], ['c', 3])
    expect(merge(base, boxes(['a', 9], ['b', 2], ['c', 3]), boxes(['a', 1], ['b', 2, 1]))).toEqual(
      boxes(['a', 9], ['b', 2, 1]),
    )
  })

  it('ask a person where both changed a box, or one changed what the other removed, and lose no mark', () => {
    const plan = mergeTwo({
      base: boxes(['a', 1], ['b', 2], ['c', 3]),
      theirs: boxes(['a', 7], ['b', 8]),
      mine: boxes(['a', 9], ['c', 6]),
    }) as MarksPlan
    expect(plan.rows.map(({ id, isConflict }) => [id, isConflict])).toEqual([
      ['a', true],
      ['b', true],
      ['c', true],
    ])
    expect(applyMerge(plan)).toEqual(boxes(['a', 9], ['b', 8], ['c', 6]))
  })

  it('without knowing where they began, keep all marks, each under an id of its own', () => {
    expect(merge(null, boxes(['a', 1]), boxes(['a', 2]))).toEqual(boxes(['a', 1], ['a-2', 2]))
  })

  it('join what both did to one mask: added pixels stay, removed pixels go', () => {
    const pixels = fc.uint8Array({ minLength: 20, maxLength: 20, max: 1 })
    fc.assert(
      fc.property(pixels, pixels, pixels, (base, theirs, mine) => {
        fc.pre(theirs.includes(1) && mine.includes(1))
        const merged = merge(masks(['m', base]), masks(['m', theirs]), masks(['m', mine]))
        const expected = base.map((was, at) => (was ? theirs[at]! & mine[at]! : theirs[at]! | mine[at]!))
        const found = merged as { masks: { rle: string }[] }
        expect(decodeRle(found.masks[0]!.rle, size)).toEqual(Uint8Array.from(expected))
      }),
    )
  })

  it('join tags, without those that one of them took away', () => {
    expect(merge(tags('x', 'y'), tags('x', 'z'), tags('x', 'y', 'w'))).toEqual(tags('x', 'z', 'w'))
  })

  it('leave the choice between two answers to a person', () => {
    const answer = (value: number) => ({ key: ['a', 'b'], weight: [0, 1], value }) as LabelData
    const plan = mergeTwo({ base: null, theirs: answer(0), mine: answer(1) })
    expect(applyMerge(plan)).toBeNull()
    expect(applyMerge({ ...plan, take: 0 } as never)).toEqual(answer(0))
    expect(merge(null, answer(1), answer(1))).toEqual(answer(1))
  })
})
