import { isBoxLabel, isMaskLabel, type LabelData, paintRle, readClassAnswer } from '@vesalius/contracts'
import { matchBoxes } from '../metrics/average-precision.ts'
import { mostProbable } from '../metrics/classification.ts'
import { emptyTally, tallyInstances } from '../metrics/segmentation-instances.ts'
import type { BoxPrediction, ClassPrediction, MaskPrediction, Prediction } from '../runner/messages.ts'
import { TEMPERATURES, temper } from './temper.ts'

/** What was said and what is right, of one class in one image: images, marks or pixels, by the kind of task. */
export interface ClassTally {
  hit: number
  said: number
  marked: number
}

/** How well an answer fits what a person submitted. */
export interface AnswerScore {
  /** [class] */
  tallies: ClassTally[]
  /** Quadratic score of a classification, 0..1; null for other tasks. */
  quality: number | null
  /** [temperature] The same with the answer at each of {@link TEMPERATURES}. */
  tempered: readonly number[] | null
}

interface Task {
  classCount: number
  /** Masks are instances (cells), not areas. */
  isInstances: boolean
}

/**
 * Scores one answer against a person's label. Classification: 1 − half the Brier score, so that being surely wrong costs
 * the most (Brier, 1950). Boxes: matched at IoU .5. Masks: pixels of each class; instances matched at IoU .5.
 * `answer` null: the model failed on the image, which counts as nothing said. Throws RangeError when answer and label are
 * of different kinds.
 */
export function scoreAnswer(label: LabelData, answer: Prediction | null, task: Task): AnswerScore {
  if (isBoxLabel(label))
    return { tallies: tallyBoxes(label.boxes, boxesOf(answer), task), quality: null, tempered: null }
  if (isMaskLabel(label)) {
    const tally = task.isInstances ? tallyCells : tallyAreas
    return { tallies: tally(label.masks, masksOf(answer), label.size, task), quality: null, tempered: null }
  }
  const truth = readClassAnswer(label)?.value ?? null
  if (truth === null) throw new RangeError('the label answers nothing')
  return scoreClass(truth, probabilitiesOf(answer), task)
}

function scoreClass(truth: number, probabilities: readonly number[] | null, { classCount }: Task): AnswerScore {
  const answer = probabilities ? mostProbable(probabilities) : -1
  const tallies = Array.from({ length: classCount }, (_, place) => ({
    hit: place === truth && place === answer ? 1 : 0,
    said: place === answer ? 1 : 0,
    marked: place === truth ? 1 : 0,
  }))
  if (!probabilities) return { tallies, quality: 0, tempered: TEMPERATURES.map(() => 0) }
  const quality = (row: readonly number[]) =>
    1 - tallies.reduce((sum, { marked }, place) => sum + (marked - (row[place] ?? 0)) ** 2, 0) / 2
  const tempered = TEMPERATURES.map((temperature) => quality(temper(probabilities, temperature)))
  return { tallies, quality: quality(probabilities), tempered }
}

type Boxes = BoxPrediction['boxes']
type Masks = readonly { class: number; rle: string }[]

function tallyBoxes(truths: readonly Pick<Boxes[0], 'box' | 'class'>[], guesses: Boxes, { classCount }: Task) {
  return Array.from({ length: classCount }, (_, place) => {
    const marked = truths.filter((mark) => mark.class === place).map(({ box }) => box)
    const matched = matchBoxes({ truths: marked, guesses: guesses.filter((mark) => mark.class === place) }, 0.5)
    return { hit: matched.filter(({ isHit }) => isHit).length, said: matched.length, marked: marked.length }
  })
}

function tallyAreas(truths: Masks, guesses: Masks, size: [number, number], { classCount }: Task): ClassTally[] {
  return Array.from({ length: classCount }, (_, place) => {
    const truth = paint(truths, place, size, () => 1)
    const guess = paint(guesses, place, size, () => 1)
    const tally = { hit: 0, said: 0, marked: 0 }
    for (let at = 0; at < truth.length; at += 1) {
      if (truth[at]) tally.marked += 1
      if (guess[at]) tally.said += 1
      if (truth[at] && guess[at]) tally.hit += 1
    }
    return tally
  })
}

function tallyCells(truths: Masks, guesses: Masks, size: [number, number], { classCount }: Task): ClassTally[] {
  return Array.from({ length: classCount }, (_, place) => {
    const tally = emptyTally()
    const number = (index: number) => index + 1
    tallyInstances(tally, paint(guesses, place, size, number), paint(truths, place, size, number))
    return { hit: tally.overlaps.length, said: tally.predicted, marked: tally.marked }
  })
}

function paint(masks: Masks, place: number, size: [number, number], numberOf: (index: number) => number): Int32Array {
  const grid = new Int32Array(size[0] * size[1])
  masks.forEach((mask, index) => {
    if (mask.class === place) paintRle(grid, numberOf(index), mask.rle, size)
  })
  return grid
}

function probabilitiesOf(answer: Prediction | null): number[] | null {
  if (answer === null) return null
  if ('probabilities' in answer) return (answer satisfies ClassPrediction).probabilities
  throw new RangeError('the answer names no class')
}

function boxesOf(answer: Prediction | null): Boxes {
  if (answer === null) return []
  if ('boxes' in answer) return answer.boxes
  throw new RangeError('the answer has no boxes')
}

function masksOf(answer: Prediction | null): MaskPrediction['masks'] {
  if (answer === null) return []
  if ('masks' in answer) return answer.masks
  throw new RangeError('the answer has no masks')
}
