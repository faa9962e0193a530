import { describe, expect, it } from 'vitest'
import { balanceKinds, findKinds } from './kinds.ts'

const around = (count: number, ...middle: number[]) =>
  Array.from({ length: count }, (_, at) => middle.map((value) => value + (at % 3) - 1))

describe('kinds of pictures', () => {
  it('are found where they lie apart, however few one of them has', () => {
    const kinds = findKinds([...around(30, 20, 20, 20), ...around(6, 200, 120, 180)])
    expect(new Set(kinds.slice(0, 30)).has(kinds[30] ?? -1)).toBe(false)
    expect(new Set(kinds.slice(30)).size).toBeLessThanOrEqual(3)
  })

  it('are one where all look alike, and none without pictures', () => {
    expect(findKinds(Array.from({ length: 40 }, () => [7, 7]))).toEqual(Array.from({ length: 40 }, () => 0))
    expect(findKinds([])).toEqual([])
  })

  it('count more the rarer they are, within bounds', () => {
    const weights = balanceKinds([...Array.from({ length: 36 }, () => 0), ...Array.from({ length: 4 }, () => 1)])
    expect(weights[0]).toBeCloseTo(Math.sqrt(20 / 36))
    expect(weights[39]).toBeCloseTo(Math.sqrt(5))
    expect(balanceKinds([...Array.from({ length: 999 }, () => 0), 1]).at(-1)).toBe(3)
  })
})
