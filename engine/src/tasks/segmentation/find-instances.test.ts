import { describe, expect, it } from 'vitest'
import { findInstances } from './find-instances.ts'
import { encodeTargets } from './targets.ts'

const [width, height] = [40, 20]
const discs = [
  { x: 11, y: 10, radius: 8 },
  { x: 25, y: 10, radius: 8 },
]
const truth = Int32Array.from({ length: width * height }, (_, at) => {
  const [x, y] = [at % width, Math.floor(at / width)]
  return discs.findIndex((disc) => (disc.x - x) ** 2 + (disc.y - y) ** 2 <= disc.radius ** 2) + 1
})
const region = Uint8Array.from(truth, (label) => Number(label > 0))
const depths = encodeTargets({ width, height, regions: [region], instances: truth }).subarray(
  width * height,
  2 * width * height,
)

describe('telling touching cells apart', () => {
  it('finds two discs that overlap, nearly as they were drawn', () => {
    const { labels, count } = findInstances(region, depths, { width, height }, { seedDepth: 0.6, smallestArea: 5 })
    expect(count).toBe(2)
    const wrong = labels.filter(
      (label, at) => (label === labels[10 * width + 11] ? 1 : label && 2) !== truth[at],
    ).length
    expect(wrong).toBeLessThan(0.05 * truth.filter(Boolean).length)
  })

  it('keeps a part of the region that has no seed as one instance', () => {
    const { labels, count } = findInstances(
      region,
      new Uint8Array(region.length),
      { width, height },
      {
        seedDepth: 0.5,
        smallestArea: 5,
      },
    )
    expect(count).toBe(1)
    expect(labels.every((label, at) => label === region[at])).toBe(true)
  })

  it('drops what is too small, and finds nothing in nothing', () => {
    const rule = { seedDepth: 0.5, smallestArea: 10_000 }
    expect(findInstances(region, depths, { width, height }, rule).count).toBe(0)
    expect(findInstances(new Uint8Array(region.length), depths, { width, height }, rule).count).toBe(0)
    expect(
      findInstances(Uint8Array.of(1), Uint8Array.of(255), { width: 1, height: 1 }, { ...rule, smallestArea: 1 }),
    ).toEqual({ labels: Int32Array.of(1), count: 1 })
  })

  it('depth is 1 in the middle of an instance, whatever its size, and 0 outside', () => {
    expect(depths[10 * width + 11]).toBe(255)
    expect(depths.every((depth, at) => depth > 0 === truth[at]! > 0)).toBe(true)
    const point = encodeTargets({ width: 1, height: 1, regions: [Uint8Array.of(1)], instances: Int32Array.of(7) })
    expect([...point]).toEqual([255, 255, 0])
  })

  it('contacts are the pixels near two instances, and no others', () => {
    const instances = Int32Array.of(1, 1, 1, 1, 2, 2, 2, 2)
    const targets = encodeTargets({ width: 8, height: 1, regions: [new Uint8Array(8).fill(1)], instances })
    expect([...targets.subarray(16)]).toEqual([0, 0, 255, 255, 255, 255, 0, 0])
  })
})
