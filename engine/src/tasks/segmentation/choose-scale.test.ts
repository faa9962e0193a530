import { expect, it } from 'vitest'
import { chooseScale, measureThickness } from './choose-scale.ts'

const drawStrip = (thickness: number) => ({
  width: 200,
  height: 100,
  regions: [
    Uint8Array.from({ length: 20_000 }, (_, at) => Number(Math.abs(Math.floor(at / 200) - 50) < thickness / 2)),
  ],
  instances: null,
})

it('measures how thick regions are, and says nothing of classes that are not there', () => {
  const [thin] = measureThickness(drawStrip(3))
  const [thick] = measureThickness(drawStrip(41))
  expect(thin).toBeGreaterThan(2)
  expect(thin).toBeLessThan(6)
  expect(thick! / thin!).toBeGreaterThan(10)
  expect(measureThickness({ ...drawStrip(0), regions: [new Uint8Array(20_000)] })).toEqual([])
})

it('keeps every pixel of thin vessels and reduces large organs, but not below what surrounds them', () => {
  expect(chooseScale([3, 4, 5], [3000])).toBe(1)
  expect(chooseScale([300, 400], [2000])).toBeLessThan(0.2)
  expect(chooseScale([3000], [4000])).toBeCloseTo(256 / 4000, 6)
  expect(chooseScale([90], [200])).toBe(1)
})
