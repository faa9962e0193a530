import { encodeRle, LabelFile, type ModelVersionId } from '@vesalius/contracts'
import { describe, expect, it } from 'vitest'
import { joinFrames, toGuess } from './guess.ts'

const model = { id: 'm' as ModelVersionId, class_scheme: 0 }
const now = { class_scheme: 0, class_history: [] }
const image = { width: 8, height: 6, frames: 1 }

describe('a guess of classes', () => {
  const multi = { ...now, task_type: 1003, classes: ['a', 'b', 'c'] as string[] } as const

  it('gives classes the model never saw probability 0', () => {
    const guess = toGuess(multi, image, model, { probabilities: [0.2, 0.8], latencyMs: 3 })
    expect(guess).toMatchObject({ value: 1, marks: null, score: 0.8, latencyMs: 3 })
    expect(guess.data).toEqual({ key: ['a', 'b', 'c'], weight: [0.2, 0.8, 0], value: 1 })
  })

  it('is refused where the project has no classes', () => {
    const none = { ...now, task_type: 1003, classes: [] as string[] } as const
    expect(() => toGuess(none, image, model, { probabilities: [1], latencyMs: 3 })).toThrow(RangeError)
  })
})

describe('a guess of boxes', () => {
  const project = { ...now, task_type: 2000, classes: ['cat', 'dog'] as string[] } as const
  const answer = {
    latencyMs: 3,
    boxes: [
      { box: [6, 4, 10, 10] as [number, number, number, number], class: 1, score: 0.9 },
      { box: [9, 1, 2, 2] as [number, number, number, number], class: 1, score: 0.8 },
      { box: [1, 1, 2, 2] as [number, number, number, number], class: 2, score: 0.7 },
    ],
    doubtful: [{ box: [1, 1, 3, 3] as [number, number, number, number], class: 0, score: 0.4 }],
  }

  it('leaves out what is less probable than the project wants, and tells what else is', () => {
    const marks = (guessThreshold: number) =>
      toGuess({ ...project, algorithm: { guessThreshold } }, image, model, answer).marks
    expect([0.95, 0.9, 0.3].map(marks)).toEqual([0, 1, 2])
  })

  it('lies on the image and knows only the classes of the project', () => {
    const guess = toGuess(project, image, model, answer)
    expect(guess).toMatchObject({ value: null, marks: 1 })
    expect(guess.data).toEqual({
      key: ['cat', 'dog'],
      boxes: [{ id: 'guess-1', box: [6, 4, 2, 2], class: 1, score: 0.9 }],
    })
    expect(LabelFile.safeParse({ type: 2000, data: guess.data }).success).toBe(true)
  })

  it('is as sure as its least sure mark, those it withheld included', () => {
    expect(toGuess(project, image, model, answer).score).toBeCloseTo(0.6)
    expect(toGuess(project, image, model, { latencyMs: 3, boxes: [], doubtful: [] }).score).toBe(1)
  })
})

describe('a guess of masks', () => {
  const project = { ...now, task_type: 3004, classes: ['cell'] as string[] } as const
  const size: [number, number] = [6, 8]
  const rle = encodeRle(new Uint8Array(48).fill(1), size)

  it('keeps its masks with their scores', () => {
    const masks = [
      { class: 0, rle, score: 1.5 },
      { class: 1, rle, score: 0.5 },
    ]
    const guess = toGuess(project, image, model, { latencyMs: 3, size, masks })
    expect(guess).toMatchObject({ value: null, marks: 1, score: 1 })
    expect(guess.data).toEqual({ key: ['cell'], size, masks: [{ id: 'guess-1', class: 0, rle, score: 1 }] })
    expect(LabelFile.safeParse({ type: 3004, data: guess.data }).success).toBe(true)
  })

  it('is refused when it is of another size', () => {
    expect(() => toGuess(project, image, model, { latencyMs: 3, size: [8, 6], masks: [] })).toThrow(/6 × 8/)
  })
})

it('guesses of several frames are one label, whose marks name their frames', () => {
  const project = { ...now, task_type: 2001, classes: ['lesion'] as string[] } as const
  const say = (score: number) =>
    toGuess(project, { ...image, frames: 3 }, model, {
      boxes: [{ box: [1, 1, 2, 2], class: 0, score }],
      doubtful: [],
      latencyMs: 3,
    })
  const guess = joinFrames([say(0.9), say(0.6)], [0, 2])
  expect(guess).toMatchObject({ marks: 2, score: 0.6, value: null })
  expect(guess.data).toMatchObject({
    boxes: [
      { id: 'guess-1', score: 0.9 },
      { id: 'guess-1-2', score: 0.6, frame: 2 },
    ],
  })
})
