import { expect, it } from 'vitest'
import { findInstances } from './find-instances.ts'
import { findInstancesInTiles } from './find-instances-in-tiles.ts'
import { encodeTargets } from './targets.ts'

it('finds in tiles what one look at the whole picture finds, also across the seams', () => {
  const [width, height, step] = [2600, 96, 24]
  const instances = new Int32Array(width * height)
  for (let at = 0; at < instances.length; at += 1) {
    const [x, y] = [at % width, Math.floor(at / width)]
    const [column, row] = [Math.floor(x / step), Math.floor(y / step)]
    const distance = Math.hypot(x - (column + 0.5) * step, y - (row + 0.5) * step)
    if (distance < step / 2 + 1) instances[at] = row * 200 + column + 1
  }
  const region = Uint8Array.from(instances, (value) => Number(value > 0))
  const targets = encodeTargets({ width, height, regions: [region], instances })
  const area = width * height
  const maps = [0, 1, 2].map((map) => targets.subarray(map * area, (map + 1) * area))
  const rule = { leastEnds: 12, smallestArea: 5 }
  const whole = findInstances(region, { across: maps[1]!, down: maps[2]! }, { width, height }, rule)
  const tiled = findInstancesInTiles(maps, [128], { width, height }, rule)
  expect(tiled.count).toBe(whole.count)
  const names = new Map<number, number>()
  const unlike = tiled.labels.filter((label, at) => {
    const other = whole.labels[at]!
    if (!names.has(label)) names.set(label, other)
    return names.get(label) !== other
  })
  expect(unlike.length).toBe(0)
})
