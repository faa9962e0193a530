import {
  chosenClass,
  type Image,
  isClassification,
  type LabelFile,
  type Project,
  readClassAnswer,
  writeClassAnswer,
} from '@vesalius/contracts'
import { type Answer, NO_ANSWER } from './annotations/annotation-store.ts'

export type LabelBody = Pick<LabelFile, 'type' | 'data'>

/** What a label answers, whichever writing holds it and whoever wrote it. */
export function answerFromLabel(label: LabelFile): Answer {
  if (label.type === 1000) return { ...NO_ANSWER, tags: label.data.tags ?? [] }
  return { ...NO_ANSWER, value: readClassAnswer(label.data)?.value ?? null }
}

export const isByPerson = (label: LabelFile | undefined) => label?.meta?.author.kind === 'person'

/** What a person answered, as the server holds it; no answer while only a model spoke. */
export const answerOfPerson = (label: LabelFile): Answer => (isByPerson(label) ? answerFromLabel(label) : NO_ANSWER)

/** What the screen starts from: the label, or the first guess again where a person took an answer back. */
export function startingAnswer(image: Image, label: LabelFile): Answer {
  const answer = answerFromLabel(label)
  return answer.value === null && image.guess ? { ...answer, value: image.guess.value } : answer
}

/** The label file that says a person's answer. */
export function bodyFromAnswer(project: Project, answer: Answer): LabelBody {
  if (!isClassification(project.taskType)) return { type: 1000, data: { tags: [...answer.tags] } }
  const chosen = chosenClass(project.classes.length, answer.value)
  return { type: project.taskType, data: writeClassAnswer(project.taskType, project.classes, chosen) } as LabelBody
}

/** The probabilities of the first guess, `[class]` in 0..1; null when no model has looked. */
export function guessWeights(label: LabelFile | undefined, prediction: unknown): number[] | null {
  if (label?.meta?.author.kind === 'model') return readClassAnswer(label.data)?.weights ?? null
  if (typeof prediction !== 'object' || prediction === null) return null
  return readClassAnswer(prediction as LabelFile['data'])?.weights ?? null
}

export const isLocked = (image: Image) => image.state === 'FROZEN' || image.state === 'DELETED'
