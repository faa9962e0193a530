import { SELECTION_STRATEGIES } from '@vesalius/contracts'
import { describe, expect, it } from 'vitest'
import { type Candidate, describePixels, divergenceOf, entropyOf, marginOf, pickCentres, rankImages } from './index.ts'

describe('how unsure a model is', () => {
  it('is nothing for a sure answer and most for an even one', () => {
    expect(entropyOf([1, 0, 0])).toBe(0)
    expect(entropyOf([1 / 3, 1 / 3, 1 / 3])).toBeCloseTo(1)
    expect(marginOf([0.5, 0.5, 0])).toBe(1)
    expect(marginOf([0.9, 0.1])).toBeCloseTo(0.2)
    expect(entropyOf([])).toBe(0)
  })

  it('of two models is how little their answers have in common', () => {
    expect(divergenceOf([0.3, 0.7], [0.3, 0.7])).toBeCloseTo(0)
    expect(divergenceOf([1, 0], [0, 1])).toBeCloseTo(1)
    expect(divergenceOf([0.2, 0.8], [0.6, 0.4])).toBeCloseTo(divergenceOf([0.6, 0.4], [0.2, 0.8]))
    expect(() => divergenceOf([1], [0.5, 0.5])).toThrow(RangeError)
  })
})

const at = (...values: number[]) => Float32Array.from(values)
const candidate = (part: Partial<Candidate>): Candidate => ({
  uncertainty: 0,
  disagreement: 0,
  features: at(0),
  ...part,
})

describe('which images come next', () => {
  it('are those farthest from what is known and from each other', () => {
    expect(pickCentres([at(0), at(1), at(10), at(9)], [at(0)], 2)).toEqual([2, 1])
    expect(pickCentres([at(5), at(6)], [], 5)).toEqual([0, 1])
  })

  it('go by the figure of the strategy, and every image comes once', () => {
    const images = [0.1, 0.9, 0.5].map((uncertainty) => candidate({ uncertainty, disagreement: 1 - uncertainty }))
    expect(rankImages('uncertainty', images)).toEqual([1, 2, 0])
    expect(rankImages('disagreement', images)).toEqual([0, 2, 1])
    for (const strategy of SELECTION_STRATEGIES) {
      expect(rankImages(strategy, images).toSorted()).toEqual([0, 1, 2])
      expect(rankImages(strategy, [])).toEqual([])
    }
  })

  it('put what nobody looked at last', () => {
    const images = [candidate({ uncertainty: null, features: null }), candidate({ uncertainty: 0.1 })]
    expect(rankImages('uncertainty', images)).toEqual([1, 0])
    expect(rankImages('diversity', images)).toEqual([1, 0])
  })

  it('are not all of one kind when mixed, nor sure ones', () => {
    const same = Array.from({ length: 50 }, () => candidate({ uncertainty: 0.9, features: at(0) }))
    const other = Array.from({ length: 5 }, (_, index) => candidate({ uncertainty: 0.8, features: at(10 + index) }))
    const sure = Array.from({ length: 145 }, () => candidate({ uncertainty: 0.1, features: at(100) }))
    const order = rankImages('mixed', [...same, ...other, ...sure], { known: [at(0)] })
    const first = order.slice(0, 55)
    expect(first.every((place) => place < 55)).toBe(true)
  })

  it('are drawn by the seed alone when random', () => {
    const images = Array.from({ length: 20 }, () => candidate({}))
    expect(rankImages('random', images, { seed: 3 })).toEqual(rankImages('random', images, { seed: 3 }))
    expect(rankImages('random', images, { seed: 3 })).not.toEqual(rankImages('random', images, { seed: 4 }))
  })
})

it('a description tells dark from bright and one direction of edges from another', () => {
  const draw = (shadeAt: (x: number, y: number) => number) =>
    describePixels(
      Uint8Array.from({ length: 32 * 32 * 3 }, (_, at) => shadeAt(Math.floor(at / 3) % 32, Math.floor(at / 96))),
    )
  const distance = (a: Float32Array, b: Float32Array) => Math.hypot(...a.map((value, place) => value - (b[place] ?? 0)))
  const stripes = (size: number) => draw((x) => (Math.floor(x / size) % 2) * 200)
  expect(distance(stripes(4), stripes(4))).toBe(0)
  expect(
    distance(
      draw(() => 10),
      draw(() => 240),
    ),
  ).toBeGreaterThan(1)
  expect(
    distance(
      stripes(4),
      draw((_, y) => (Math.floor(y / 4) % 2) * 200),
    ),
  ).toBeGreaterThan(0.1)
})
