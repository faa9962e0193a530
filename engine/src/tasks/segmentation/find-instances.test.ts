import { describe, expect, it } from 'vitest'
import { componentOf } from './directions.ts'
import { findInstances } from './find-instances.ts'
import { encodeTargets, findContacts } from './targets.ts'

const [width, height] = [60, 24]
const area = width * height
const discs = [
  { x: 11, y: 11, radius: 9 },
  { x: 27, y: 11, radius: 9 },
]
/** Two discs that overlap, and a crescent whose middle lies outside it. */
const truth = Int32Array.from({ length: area }, (_, at) => {
  const [x, y] = [at % width, Math.floor(at / width)]
  const disc = discs.findIndex((disc) => (disc.x - x) ** 2 + (disc.y - y) ** 2 <= disc.radius ** 2) + 1
  const ring = Math.hypot(x - 48, y - 11)
  return disc || (ring < 10 && ring > 5 && x >= 44 ? 3 : 0)
})
const region = Uint8Array.from(truth, (label) => Number(label > 0))
const targets = encodeTargets({ width, height, regions: [region], instances: truth })
const ways = { across: targets.subarray(area, 2 * area), down: targets.subarray(2 * area) }
const still = { across: new Uint8Array(area).fill(128), down: new Uint8Array(area).fill(128) }
const rule = { leastEnds: 6, smallestArea: 5 }
const size = { width, height }

describe('telling touching cells apart', () => {
  it('finds two discs that overlap and a crescent, nearly as they were drawn', () => {
    const { labels, count } = findInstances(region, ways, size, rule)
    expect(count).toBe(3)
    const names = [1, 2, 3].map((instance) => labels[truth.indexOf(instance)])
    const wrong = labels.filter((label, at) => label !== (truth[at] === 0 ? 0 : names[truth[at]! - 1])).length
    expect(wrong).toBeLessThan(0.03 * truth.filter(Boolean).length)
  })

  it('keeps a part of the region from which no way leads as one instance', () => {
    const { labels, count } = findInstances(region, still, size, { ...rule, leastEnds: 50 })
    expect(count).toBe(2)
    expect(labels.every((label, at) => label > 0 === (region[at] === 1))).toBe(true)
  })

  it('drops what is too small, and finds nothing in nothing', () => {
    expect(findInstances(region, ways, size, { ...rule, smallestArea: 10_000 }).count).toBe(0)
    expect(findInstances(new Uint8Array(area), ways, size, rule).count).toBe(0)
    const point = { across: Uint8Array.of(255), down: Uint8Array.of(0) }
    expect(findInstances(Uint8Array.of(1), point, { width: 1, height: 1 }, { leastEnds: 1, smallestArea: 1 })).toEqual({
      labels: Int32Array.of(1),
      count: 1,
    })
  })

  it('ways are unit vectors towards the middle inside an instance, and nothing outside', () => {
    const at = 11 * width + 4
    expect(componentOf(ways.across[at]!)).toBeGreaterThan(0.95)
    expect(Math.abs(componentOf(ways.down[at]!))).toBeLessThan(0.2)
    expect(ways.across.every((byte, place) => truth[place] !== 0 || byte === 128)).toBe(true)
    const point = encodeTargets({ width: 1, height: 1, regions: [Uint8Array.of(1)], instances: Int32Array.of(7) })
    expect([...point]).toEqual([255, 128, 128])
  })

  it('contacts are the pixels near two instances, and no others', () => {
    const instances = Int32Array.of(1, 1, 1, 1, 2, 2, 2, 2)
    expect([...findContacts(instances, { width: 8, height: 1 })]).toEqual([0, 0, 1, 1, 1, 1, 0, 0])
  })
})
