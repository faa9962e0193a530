import { SELECTION_STRATEGIES } from '@vesalius/contracts'
import { describe, expect, it } from 'vitest'
import { createRandom } from '../data/random.ts'
import { type Candidate, describePixels, divergenceOf, pickCovering, rankImages } from './index.ts'

describe('how far two models disagree', () => {
  it('is how little their answers have in common', () => {
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
  it('are those that stand for most others, not what lies alone', () => {
    const crowds = [0, 1, 2, 10, 11, 12, 20].map((value) => at(value))
    expect(pickCovering(crowds, [], 2)).toEqual([3, 1])
    expect(pickCovering(crowds, [at(1)], 2)).toEqual([4, 6])
    expect(pickCovering([at(5), at(6)], [], 5)).toHaveLength(2)
  })

  it('count what the model is unsure of for more', () => {
    const crowds = [0, 1, 2, 10, 11, 12].map((value) => at(value))
    expect(pickCovering(crowds, [], 1, [1, 1, 1, 0, 0, 0])).toEqual([1])
    expect(pickCovering(crowds, [], 1, [0, 0, 0, 1, 1, 1])).toEqual([4])
  })

  it('gain the most each, as looking at every one says', () => {
    const random = createRandom(5)
    const items = Array.from({ length: 40 }, () => at(random(), random(), random()))
    const weights = items.map(() => random())
    const distance = (a: Float32Array, b: Float32Array) =>
      Math.hypot(...a.map((value, place) => value - (b[place] ?? 0)))
    const left = (picked: number[]) =>
      items.reduce(
        (sum, item, place) =>
          sum + (weights[place] ?? 0) * Math.min(...picked.map((other) => distance(item, items[other] ?? item))),
        0,
      )
    const picked = pickCovering(items, [], 6, weights)
    picked.forEach((pick, round) => {
      const before = picked.slice(0, round)
      const least = Math.min(...items.map((_, place) => left([...before, place])))
      expect(left([...before, pick])).toBeCloseTo(least, 4)
    })
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

  it('are not all of one kind when mixed, and no more than one of a crowd that is sure', () => {
    const same = Array.from({ length: 50 }, () => candidate({ uncertainty: 0.9, features: at(0) }))
    const other = Array.from({ length: 5 }, (_, index) => candidate({ uncertainty: 0.8, features: at(10 + index) }))
    const sure = Array.from({ length: 145 }, () => candidate({ uncertainty: 0.1, features: at(100) }))
    const order = rankImages('mixed', [...same, ...other, ...sure])
    const first = order.slice(0, 7)
    expect(first.filter((place) => place >= 50 && place < 55)).toHaveLength(5)
    expect(first.filter((place) => place >= 55)).toHaveLength(1)
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
