import { describe, expect, it } from 'vitest'
import { withGuesses } from '../assist/add-guesses.ts'
import type { Mark } from '../marks/mark.ts'
import { areaOf } from '../marks/region.ts'
import { polygon } from '../marks/region-shapes.ts'
import { compareMarks } from './compare-marks.ts'
import { overlapOfBoxes } from './overlap.ts'

const size = { width: 100, height: 80 }
const square = (x: number, y: number, side: number) =>
  polygon(
    [
      { x, y },
      { x: x + side, y },
      { x: x + side, y: y + side },
      { x, y: y + side },
    ],
    size,
  )
const mask = (id: string, place: [number, number, number], score: number | null = null, value = 0): Mark => ({
  ...{ id, class: value, frame: 0, origin: score === null ? 'person' : 'model', score },
  shape: { kind: 'mask', region: square(...place) },
})
const box = (id: string, place: [number, number, number, number], score: number | null = null): Mark => ({
  ...{ id, class: 0, frame: 0, origin: score === null ? 'person' : 'model', score },
  shape: { kind: 'box', box: place },
})
const rule = { selected: new Set<string>(), hasInstances: true, protects: true, isLocked: () => false }

describe('what changed against the guess', () => {
  it('tells what was kept, changed, added and removed, and the pixels that came and went', () => {
    const guesses = [mask('a', [0, 0, 10], 0.9), mask('b', [20, 0, 10], 0.8), mask('c', [40, 0, 10], 0.7)]
    const list = [mask('a', [0, 0, 10]), mask('b', [25, 0, 10]), mask('d', [60, 0, 10])]
    const { kept, changed, added, removed, gained, lost } = compareMarks(guesses, list)
    expect([kept, changed.map(({ now }) => now), added, removed].map((marks) => marks.map(({ id }) => id))).toEqual([
      ['a'],
      ['b'],
      ['d'],
      ['c'],
    ])
    expect(changed[0]?.overlap).toBeCloseTo(1 / 3)
    expect([areaOf(gained), areaOf(lost)]).toEqual([150, 150])
  })

  it('counts another class as a change', () => {
    const { changed } = compareMarks([mask('a', [0, 0, 10], 0.9)], [mask('a', [0, 0, 10], null, 1)])
    expect(changed.map(({ overlap }) => overlap)).toEqual([1])
  })

  it('measures boxes by what they share', () => {
    expect(overlapOfBoxes([0, 0, 10, 10], [5, 0, 10, 10])).toBeCloseTo(1 / 3)
    expect(overlapOfBoxes([0, 0, 10, 10], [20, 0, 10, 10])).toBe(0)
    expect(compareMarks([box('a', [0, 0, 9, 9], 0.5)], [box('a', [0, 0, 9, 9])]).kept).toHaveLength(1)
  })
})

describe('asked again', () => {
  it('the model’s new guesses take the place of its older ones, and a person’s marks stay', () => {
    const list = [mask('mine', [0, 0, 10]), mask('guess-1', [50, 50, 10], 0.4)]
    const fresh = [
      mask('guess-1', [70, 10, 10], 0.9),
      mask('guess-2', [1, 0, 10], 0.8),
      mask('guess-3', [7, 0, 10], 0.7),
    ]
    const next = withGuesses(list, fresh, rule)
    expect(next.map(({ id, shape }) => [id, shape.kind === 'mask' && areaOf(shape.region)])).toEqual([
      ['mine', 100],
      ['guess-1', 100],
      ['guess-3', 70],
    ])
  })

  it('a guess gets another name where a person’s mark has its own already', () => {
    const next = withGuesses([box('guess-1', [0, 0, 9, 9])], [box('guess-1', [30, 30, 9, 9], 0.9)], rule)
    expect(new Set(next.map(({ id }) => id)).size).toBe(2)
    expect(withGuesses([box('x', [0, 0, 9, 9])], [box('guess-1', [1, 0, 9, 9], 0.9)], rule)).toHaveLength(1)
  })
})
