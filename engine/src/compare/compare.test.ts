import { Algorithm, encodeRle, type Gate, type LabelData, type Metrics } from '@vesalius/contracts'
import { describe, expect, it } from 'vitest'
import { createRandom } from '../data/random.ts'
import {
  compareScores,
  hasLearned,
  judgeCandidate,
  type PairedScore,
  requiredShare,
  scoreAnswer,
  scoreOfImage,
} from './index.ts'

const two = { classCount: 2, isInstances: false }
const label = (value: number): LabelData => ({ key: { '0': 'a', '1': 'b' }, value })
const said = (probability: number) => ({ probabilities: [1 - probability, probability], latencyMs: 1 })

describe('the score of an answer', () => {
  it('of a classification falls with the square of what is missing', () => {
    expect(scoreAnswer(label(1), said(1), two)).toMatchObject({ quality: 1 })
    expect(scoreAnswer(label(1), said(0.5), two).quality).toBeCloseTo(0.75)
    expect(scoreAnswer(label(1), said(0), two).quality).toBe(0)
    expect(scoreAnswer(label(1), null, two).quality).toBe(0)
    expect(scoreAnswer(label(0), said(0.9), two).tallies).toEqual([
      { hit: 0, said: 0, marked: 1 },
      { hit: 0, said: 1, marked: 0 },
    ])
  })

  it('of boxes counts those that overlap by half, of their class', () => {
    const boxes: LabelData = { key: ['a', 'b'], boxes: [{ id: '1', box: [0, 0, 10, 10], class: 0 }] }
    const guess = (box: [number, number, number, number], place: number) => ({ box, class: place, score: 0.9 })
    const answer = { boxes: [guess([1, 0, 10, 10], 0), guess([0, 0, 10, 10], 1)], doubtful: [], latencyMs: 1 }
    const score = scoreAnswer(boxes, answer, two)
    expect(score.tallies).toEqual([
      { hit: 1, said: 1, marked: 1 },
      { hit: 0, said: 1, marked: 0 },
    ])
    expect(scoreOfImage(score)).toBe(0.5)
    expect(scoreOfImage(scoreAnswer({ key: ['a', 'b'], boxes: [] }, { ...answer, boxes: [] }, two))).toBe(1)
  })

  it('of masks counts pixels, of cells instances', () => {
    const rle = (pixels: number[]) => encodeRle(Uint8Array.from(pixels), [2, 3])
    const masks: LabelData = { key: ['a'], size: [2, 3], masks: [{ id: '1', class: 0, rle: rle([1, 1, 1, 0, 0, 0]) }] }
    const answer = {
      size: [2, 3] as [number, number],
      masks: [{ class: 0, rle: rle([1, 1, 0, 0, 0, 1]), score: 1 }],
      latencyMs: 1,
    }
    const areas = scoreAnswer(masks, answer, { classCount: 1, isInstances: false })
    expect(areas.tallies).toEqual([{ hit: 2, said: 3, marked: 3 }])
    const cells = scoreAnswer(masks, answer, { classCount: 1, isInstances: true })
    expect(cells.tallies).toEqual([{ hit: 1, said: 1, marked: 1 }])
  })

  it('refuses an answer to another question', () => {
    expect(() => scoreAnswer(label(1), { boxes: [], doubtful: [], latencyMs: 1 }, two)).toThrow(RangeError)
  })
})

/** `strength`: how often the model is right. */
function model(truths: number[], strength: number, seed: number) {
  const random = createRandom(seed)
  return truths.map((truth) =>
    scoreAnswer(label(truth), said(random() < strength ? 0.1 + 0.8 * truth : 0.9 - 0.8 * truth), two),
  )
}
const truths = Array.from({ length: 60 }, (_, index) => index % 2)
const pair = (before: number, after: number, seed = 1): PairedScore[] => {
  const first = model(truths, before, seed)
  const second = model(truths, after, seed + 100)
  return truths.map((_, index) => ({ group: String(index), first: first[index]!, second: second[index]! }))
}
const gate: Gate = Algorithm.parse({}).gate
const judge = (pairs: PairedScore[], change: Partial<Gate> = {}) =>
  judgeCandidate(compareScores(pairs), { images: pairs.length, gate: { ...gate, ...change } })

describe('the gate', () => {
  it('lets a clearly better candidate through', () => {
    expect(judge(pair(0.6, 0.98))).toEqual({ isBetter: true, reason: 'better' })
    expect(judge(pair(0.6, 0.98), { promotes: 'person' })).toEqual({ isBetter: false, reason: 'asksPerson' })
  })

  it('keeps out what is worse, equal, or better by chance', () => {
    expect(judge(pair(0.9, 0.5)).isBetter).toBe(false)
    const same = pair(0.8, 0.8).map(({ group, first }) => ({ group, first, second: first }))
    expect(judge(same)).toEqual({ isBetter: false, reason: 'notBetter' })
    const passed = Array.from({ length: 100 }, (_, seed) => judge(pair(0.8, 0.8, seed * 7), { classMargin: 1 }))
    expect(passed.filter(({ isBetter }) => isBetter).length).toBeLessThan(12)
  })

  it('keeps out a candidate that is better on the whole and gave a class up', () => {
    const rare = truths.map((_, index) => (index < 3 ? 1 : 0))
    const weak = rare.map((truth, index) => scoreAnswer(label(truth), said(truth || index % 4 === 3 ? 0.6 : 0.4), two))
    const blind = rare.map((truth) => scoreAnswer(label(truth), said(truth ? 0.4 : 0.01), two))
    const pairs = rare.map((_, index) => ({ group: String(index), first: weak[index]!, second: blind[index]! }))
    expect(compareScores(pairs).shareBetter).toBeGreaterThan(0.99)
    expect(judge(pairs).reason).toBe('classFalls')
  })

  it('does not take more doubt, or less, for a better answer', () => {
    const pairs = truths.map((truth, index): PairedScore => {
      const answer = index % 5 === 0 ? 1 - truth : truth
      const [boasting, doubting] = [said(answer * 0.98 + 0.01), said(answer * 0.4 + 0.3)]
      const first = scoreAnswer(label(truth), boasting, two)
      return { group: String(index), first, second: scoreAnswer(label(truth), doubting, two) }
    })
    expect(judge(pairs)).toEqual({ isBetter: false, reason: 'notBetter' })
  })

  it('does not take two images of 23 for proof', () => {
    const pairs = truths.slice(0, 23).map((truth, index): PairedScore => {
      const before = index < 2 ? 0.8 - 0.6 * truth : 0.2 + 0.6 * truth
      const first = scoreAnswer(label(truth), said(before), two)
      return { group: String(index), first, second: scoreAnswer(label(truth), said(0.2 + 0.6 * truth), two) }
    })
    expect(compareScores(pairs).difference).toBeGreaterThan(0.05)
    expect(judge(pairs)).toEqual({ isBetter: false, reason: 'notBetter' })
  })

  it('decides nothing on few images', () => {
    expect(judge(pair(0.6, 0.98).slice(0, 9)).reason).toBe('tooFewImages')
    expect(judgeCandidate(compareScores([]), { images: 20, gate }).reason).toBe('noFigure')
  })

  it('draws whole groups: many images of one patient prove little', () => {
    const one = pair(0.6, 0.98).map((entry) => ({ ...entry, group: 'one patient' }))
    const { interval, difference } = compareScores(one)
    expect(interval).toEqual([difference, difference])
    const wide = compareScores(pair(0.6, 0.9).map((entry, index) => ({ ...entry, group: String(index % 4) }))).interval
    expect((wide?.[1] ?? 0) - (wide?.[0] ?? 0)).toBeGreaterThan(0)
  })
})

describe('what speaks against a candidate besides', () => {
  it('is that it says no more than an answer which looks at no image', () => {
    const comparison = compareScores(pair(0.6, 0.98))
    const images = truths.length
    expect(judgeCandidate(comparison, { images, gate, shareSkilled: 0.7 })).toEqual({
      isBetter: false,
      reason: 'noSkill',
    })
    expect(judgeCandidate(comparison, { images, gate, shareSkilled: 0.81 }).isBetter).toBe(true)
  })

  it('is that many were tried before it: each must be surer than the one before', () => {
    expect([1, 2, 5].map((tries) => requiredShare(gate, tries))).toEqual([0.95, 0.975, 0.99])
    expect(requiredShare(gate, 1000)).toBe(requiredShare(gate, 100))
    const luck = (tries: number) =>
      Array.from({ length: 100 }, (_, seed) => {
        const comparison = compareScores(pair(0.8, 0.8, seed * 7), { resamples: 1000 })
        return judgeCandidate(comparison, { images: truths.length, gate: { ...gate, classMargin: 1 }, tries }).isBetter
      }).filter((isBetter) => isBetter).length
    expect(luck(20)).toBeLessThanOrEqual(Math.min(2, luck(1)))
  })

  it('is that its training could not tell apart what it was taught', () => {
    const measured = (confusion: number[][]) =>
      ({
        kind: 'classification',
        confusion,
        images: confusion.flat().reduce((sum, count) => sum + count, 0),
      }) as Metrics
    expect(
      hasLearned(
        measured([
          [7, 1],
          [2, 6],
        ]),
      ),
    ).toBe(true)
    expect(
      hasLearned(
        measured([
          [4, 4],
          [4, 4],
        ]),
      ),
    ).toBe(false)
    expect(
      hasLearned(
        measured([
          [8, 0],
          [8, 0],
        ]),
      ),
    ).toBe(false)
    expect(
      hasLearned(
        measured([
          [2, 6],
          [6, 2],
        ]),
      ),
    ).toBe(false)
    expect(
      hasLearned(
        measured([
          [5, 3],
          [0, 0],
        ]),
      ),
    ).toBe(true)
    expect(hasLearned(null)).toBe(true)
  })
})
