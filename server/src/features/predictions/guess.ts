import {
  type Algorithm,
  clipBox,
  isBoxLabel,
  isMaskLabel,
  type LabelData,
  type ModelVersionId,
  writeClassAnswer,
} from '@vesalius/contracts'
import type { BoxPrediction, ClassPrediction, MaskPrediction, Prediction } from '@vesalius/engine/runner'
import type { ModelVersionRow } from '../../db/tables.ts'
import { type Classed, carryAnswer } from '../classes/class-schemes.ts'
import { fitMarks, type Size } from '../labels/fit-marks.ts'

/** What one model version says about one image, as we store it. */
export interface Guess {
  modelVersionId: ModelVersionId
  /** Of the project's class schemes the one that `data` and `value` are written under. */
  classScheme: number
  data: LabelData
  /** Index of the most probable class; null where the task has no single answer. */
  value: number | null
  /** Boxes or masks found; null for a classification. */
  marks: number | null
  /** How sure the model is, 0..1. */
  score: number
  latencyMs: number
}

type Subject = Classed & {
  /** Missing: what the model found best. */
  algorithm?: Pick<Algorithm, 'guessThreshold'>
}
type Said = Omit<Guess, 'modelVersionId' | 'latencyMs' | 'classScheme'>

/**
 * A model's answer as a label under the classes of now: classes the model never saw get probability 0, those that became
 * one are added up, marks of classes the project no longer has are left out, boxes are cut at the border. Throws RangeError or AppError when the
 * answer is one to another question.
 */
export function toGuess(
  project: Subject,
  image: Size,
  model: Pick<ModelVersionRow, 'id' | 'class_scheme'>,
  said: Prediction,
): Guess {
  const answer = carryAnswer(project, model.class_scheme, said)
  const told = tellFrom(answer, project.algorithm?.guessThreshold ?? null)
  const made = { modelVersionId: model.id, classScheme: project.class_scheme, latencyMs: answer.latencyMs }
  return { ...made, ...readAnswer(project, image, told) }
}

/** The answer with the marks that are at least as probable as the project wants them. */
function tellFrom(answer: Prediction, threshold: number | null): Prediction {
  if (threshold === null || 'probabilities' in answer) return answer
  const isTold = ({ score }: { score: number }) => score >= threshold
  if ('masks' in answer) return { ...answer, masks: answer.masks.filter(isTold) }
  const all = [...answer.boxes, ...answer.doubtful]
  return { ...answer, boxes: all.filter(isTold), doubtful: all.filter((box) => !isTold(box)) }
}

/** What was said of several frames, as one label of the file; as sure as the least sure frame. */
export function joinFrames(guesses: readonly Guess[], frames: readonly number[]): Guess {
  const [first, ...others] = guesses
  if (!first) throw new RangeError('no frame was looked at')
  if (others.length === 0) return first
  return {
    modelVersionId: first.modelVersionId,
    classScheme: first.classScheme,
    data: guesses.map(({ data }, index) => placeOn(data, frames[index] ?? 0)).reduce(joinMarks),
    value: null,
    marks: guesses.reduce((sum, { marks }) => sum + (marks ?? 0), 0),
    score: Math.min(...guesses.map(({ score }) => score)),
    latencyMs: Math.max(...guesses.map(({ latencyMs }) => latencyMs)),
  }
}

function placeOn(data: LabelData, frame: number): LabelData {
  if (frame === 0) return data
  const place = <Mark extends { id: string }>(mark: Mark) => ({ ...mark, id: `${mark.id}-${frame}`, frame })
  if (isBoxLabel(data)) return { ...data, boxes: data.boxes.map(place) }
  return isMaskLabel(data) ? { ...data, masks: data.masks.map(place) } : data
}

function joinMarks(a: LabelData, b: LabelData): LabelData {
  if (isBoxLabel(a) && isBoxLabel(b)) return { ...a, boxes: [...a.boxes, ...b.boxes] }
  return isMaskLabel(a) && isMaskLabel(b) ? { ...a, masks: [...a.masks, ...b.masks] } : a
}

function readAnswer(project: Subject, image: Size, answer: Prediction): Said {
  if ('probabilities' in answer) return readClasses(project, answer)
  return 'boxes' in answer ? readBoxes(project, image, answer) : readMasks(project, image, answer)
}

function readClasses({ task_type, classes }: Subject, { probabilities }: ClassPrediction): Said {
  const weights = classes.map((_, index) => clamp(probabilities[index] ?? 0))
  const score = Math.max(...weights)
  const value = weights.indexOf(score)
  if (value < 0) throw new RangeError('the model does not know the classes of this project')
  return { data: writeClassAnswer(task_type, classes, { value, weights }), value, marks: null, score }
}

function readBoxes({ classes }: Subject, { width, height }: Size, { boxes, doubtful }: BoxPrediction): Said {
  const known = boxes.flatMap((mark) => {
    const box = mark.class < classes.length ? clipBox(mark.box, width, height) : null
    return box ? [{ ...mark, box }] : []
  })
  const data = {
    key: [...classes],
    boxes: known.map(({ box, class: place, score }, index) => ({
      id: `guess-${index + 1}`,
      box,
      class: place,
      score: clamp(score),
    })),
  }
  return { data, value: null, marks: known.length, score: surenessOf(known, doubtful) }
}

function readMasks({ classes }: Subject, image: Size, { size, masks }: MaskPrediction): Said {
  const known = masks.filter((mask) => mask.class < classes.length)
  const data = {
    key: [...classes],
    size,
    masks: known.map(({ class: place, rle, score }, index) => ({
      id: `guess-${index + 1}`,
      class: place,
      rle,
      score: clamp(score),
    })),
  }
  return { data: fitMarks(data, image), value: null, marks: known.length, score: surenessOf(known, []) }
}

/** The probability of being right about the least sure mark, told or withheld; 1 where there is none of either. */
function surenessOf(told: readonly { score: number }[], withheld: readonly { score: number }[]): number {
  const sureness = [...told.map(({ score }) => score), ...withheld.map(({ score }) => 1 - score)]
  return sureness.reduce((least, score) => Math.min(least, clamp(score)), 1)
}

function clamp(probability: number): number {
  return Math.min(1, Math.max(0, probability))
}
