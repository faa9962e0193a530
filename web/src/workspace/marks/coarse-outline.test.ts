import { expect, it } from 'vitest'
import { coarsenOutline } from './coarse-outline.ts'
import { regionOf } from './region.ts'
import { outlineOf } from './region-outline.ts'

/** The outline of a disc, stair by stair. */
function discOutline(radius: number): number[] {
  const rows = Array.from({ length: 2 * radius + 1 }, (_, row) => {
    const half = Math.floor(Math.sqrt(radius ** 2 - (row - radius) ** 2))
    return Int32Array.of(200 - half, 201 + half)
  })
  return outlineOf(regionOf(200 - radius, rows))[0] as number[]
}

const cornersOf = (outline: readonly number[]) =>
  Array.from({ length: outline.length / 2 }, (_, at) => [outline[2 * at], outline[2 * at + 1]] as [number, number])

function distanceTo(outline: readonly number[], [x, y]: [number, number]): number {
  const corners = cornersOf(outline)
  return Math.min(
    ...corners.map(([fromX, fromY], at) => {
      const [toX, toY] = corners[(at + 1) % corners.length] as [number, number]
      const [across, down] = [toX - fromX, toY - fromY]
      const length = across ** 2 + down ** 2
      const share = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - fromX) * across + (y - fromY) * down) / length))
      return Math.hypot(x - fromX - share * across, y - fromY - share * down)
    }),
  )
}

it('leaves every corner within the tolerance of what is drawn, with a tenth of the corners', () => {
  const outline = discOutline(160)
  const coarse = coarsenOutline(outline, 2)
  expect(coarse.length).toBeLessThan(outline.length / 10)
  const gaps = cornersOf(outline).map((corner) => distanceTo(coarse, corner))
  expect(Math.max(...gaps)).toBeLessThanOrEqual(2)
})

it('keeps an outline that is looked at pixel by pixel, and a speck as its bounds', () => {
  const outline = discOutline(20)
  expect(coarsenOutline(outline, 0)).toBe(outline)
  expect(coarsenOutline(discOutline(2), 30)).toEqual([198, 198, 203, 198, 203, 203, 198, 203])
})
