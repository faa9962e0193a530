import {
  AppError,
  type ComparisonResult,
  countMarks,
  type Disagreement,
  isClassification,
  type LabelData,
  type Metrics,
  onFrame,
  readClassAnswer,
} from '@vesalius/contracts'
import {
  type AnswerScore,
  compareScores,
  measureClassification,
  mostProbable,
  type PairedScore,
  scoreAnswer,
  scoreOfImage,
} from '@vesalius/engine'
import type { Prediction, Predictor } from '@vesalius/engine/runner'
import type { Context } from '../../context.ts'
import type { Db } from '../../db/database.ts'
import type { ImageRow, ProjectRow } from '../../db/tables.ts'
import { type Classed, carryAnswer, withClasses } from '../classes/class-schemes.ts'
import { findRevision } from '../labels/labels.queries.ts'

type Parts = Pick<Context, 'db' | 'storage'>

/** A held-out image with the label that a person submitted. */
export interface HeldOutImage {
  image: ImageRow
  group: string
  label: LabelData
}

const MOST_DISAGREEMENTS = 60

export async function readHeldOut(db: Db, project: ProjectRow, images: readonly ImageRow[]): Promise<HeldOutImage[]> {
  const held: HeldOutImage[] = []
  for (const image of images) {
    const label = onFrame(withClasses(project, await findRevision(db, image.id, image.label_revision)), 0)
    if (isClassification(project.task_type) && readClassAnswer(label)?.value == null) continue
    held.push({ image, group: image.group_key ?? image.content_hash, label })
  }
  return held
}

/**
 * Asks a model file about held-out images; it answers under the project's classes of now. Null: the model failed on that image. Throws MODEL_UNUSABLE when it answers
 * for none, or with what is no number.
 */
export async function askModel(
  parts: Parts,
  predictor: Predictor,
  model: { file: string; project: Classed; classScheme: number },
  { images, signal }: { images: readonly ImageRow[]; signal: AbortSignal },
): Promise<(Prediction | null)[]> {
  const answers: (Prediction | null)[] = []
  for (const image of images) {
    signal.throwIfAborted()
    const file = await parts.storage.localFile(image.uri)
    const [answer] = await predictor.predict(model.file, [file]).catch((cause) => {
      throw new AppError('MODEL_UNUSABLE', 'The model cannot be used: it does not answer.', undefined, { cause })
    })
    if (answer && !('error' in answer) && !isOfNumbers(answer)) {
      throw new AppError('MODEL_UNUSABLE', 'The model cannot be used: it answers with what is no number.')
    }
    const isAnswer = answer && !('error' in answer)
    answers.push(isAnswer ? carryAnswer(model.project, model.classScheme, answer) : null)
  }
  if (images.length > 0 && answers.every((answer) => answer === null)) {
    throw new AppError('MODEL_UNUSABLE', 'The model cannot be used: it answers for no image.')
  }
  return answers
}

/** Scores what two models said about the same images. */
export function compareAnswers(
  project: ProjectRow,
  held: readonly HeldOutImage[],
  answers: { first: readonly (Prediction | null)[]; second: readonly (Prediction | null)[] },
): ComparisonResult {
  const task = { classCount: project.classes.length, isInstances: project.task_type === 3004 }
  const pairs = held.flatMap(({ group, label }, index): PairedScore[] => {
    const [first, second] = [answers.first[index] ?? null, answers.second[index] ?? null]
    if (!first && !second) return []
    return [{ group, first: scoreAnswer(label, first, task), second: scoreAnswer(label, second, task) }]
  })
  const { classes, first, second, ...figures } = compareScores(pairs)
  return {
    images: pairs.length,
    groups: new Set(pairs.map(({ group }) => group)).size,
    first: { score: first, metrics: measure(project, held, answers.first) },
    second: { score: second, metrics: measure(project, held, answers.second) },
    ...figures,
    classes: classes.map((change, place) => ({ name: project.classes[place] ?? '', ...change })),
    disagreements: findDisagreements(held, answers, task),
  }
}

/**
 * In which share of resamples a classifier beats the best answer that looks at no image: how often each class occurs.
 * Null for other tasks, where such an answer scores nothing.
 */
export function shareAboveChance(
  project: ProjectRow,
  held: readonly HeldOutImage[],
  answers: readonly (Prediction | null)[],
): number | null {
  if (!isClassification(project.task_type) || held.length === 0) return null
  const truths = held.map(({ label }) => readClassAnswer(label)?.value ?? -1)
  const shares = project.classes.map((_, place) => truths.filter((truth) => truth === place).length / held.length)
  const blind = { probabilities: shares, latencyMs: 0 }
  const task = { classCount: project.classes.length, isInstances: false }
  const pairs = held.map(({ group, label }, index) => {
    const first = { ...scoreAnswer(label, blind, task), tempered: null }
    return { group, first, second: scoreAnswer(label, answers[index] ?? null, task) }
  })
  return compareScores(pairs).shareBetter
}

/** The usual figures of a classification; other tasks are summed up by their scores. */
function measure(
  project: ProjectRow,
  held: readonly HeldOutImage[],
  answers: readonly (Prediction | null)[],
): Metrics | null {
  const known = held.flatMap(({ label }, index) => {
    const answer = answers[index]
    const truth = readClassAnswer(label)?.value ?? null
    return answer && 'probabilities' in answer && truth !== null ? [{ truth, row: answer.probabilities }] : []
  })
  if (known.length === 0) return null
  const rows = known.map(({ row }) => project.classes.map((_, place) => row[place] ?? 0))
  return measureClassification(
    project.classes,
    known.map(({ truth }) => truth),
    rows,
  )
}

function findDisagreements(
  held: readonly HeldOutImage[],
  answers: { first: readonly (Prediction | null)[]; second: readonly (Prediction | null)[] },
  task: Parameters<typeof scoreAnswer>[2],
): Disagreement[] {
  const sumUp = (label: LabelData, answer: Prediction | null) => {
    const score: AnswerScore = scoreAnswer(label, answer, task)
    return { ...describe(answer), score: scoreOfImage(score) }
  }
  return held
    .map(({ image, label }, index) => ({
      imageId: image.id,
      name: image.name,
      truth: { value: readClassAnswer(label)?.value ?? null, marks: countMarks(label) },
      first: sumUp(label, answers.first[index] ?? null),
      second: sumUp(label, answers.second[index] ?? null),
    }))
    .filter(({ first, second }) => first.value !== second.value || Math.abs(first.score - second.score) > 0.01)
    .sort((a, b) => Math.abs(b.first.score - b.second.score) - Math.abs(a.first.score - a.second.score))
    .slice(0, MOST_DISAGREEMENTS)
}

function describe(answer: Prediction | null): { value: number | null; marks: number | null } {
  if (!answer) return { value: null, marks: null }
  if ('probabilities' in answer) return { value: mostProbable(answer.probabilities), marks: null }
  return { value: null, marks: 'boxes' in answer ? answer.boxes.length : answer.masks.length }
}

function isOfNumbers(answer: Prediction): boolean {
  if ('probabilities' in answer) return answer.probabilities.every(Number.isFinite)
  const marks = 'boxes' in answer ? answer.boxes : answer.masks
  return marks.every(({ score }) => Number.isFinite(score))
}
