import {
  chosenClass,
  type Image,
  isClassification,
  type LabelFile,
  measuresOf,
  type Project,
  readClassAnswer,
  withMeasures,
  writeClassAnswer,
} from '@vesalius/contracts'
import { type Answer, NO_ANSWER } from './annotations/annotation-store.ts'
import { dataFromMarks, marksFromLabel } from './marks/label-marks.ts'

/** `seconds`: how long the person worked on it. */
export type LabelBody = Pick<LabelFile, 'type' | 'data'> & { seconds?: number }

/** What a label answers, whichever writing holds it and whoever wrote it. */
function answerFromLabel(label: LabelFile, project: Project, image: Image): Answer {
  const measures = measuresOf(label.data)
  if (label.type === 1000) return { ...NO_ANSWER, measures, tags: label.data.tags ?? [] }
  const marks = marksFromLabel(label, project.classes, { width: image.width, height: image.height })
  return { ...NO_ANSWER, measures, value: readClassAnswer(label.data)?.value ?? null, marks }
}

/** What an earlier label of the image said, to be given as an answer again. */
export function answerOfRevision(data: unknown, project: Project, image: Image): Answer {
  return answerFromLabel({ type: project.taskType, data } as LabelFile, project, image)
}

export const isByPerson = (label: LabelFile | undefined) => label?.meta?.author.kind === 'person'

/** What a person answered, as the server holds it; null while only a model spoke. */
export function answerOfPerson(label: LabelFile, project: Project, image: Image): Answer | null {
  return isByPerson(label) ? answerFromLabel(label, project, image) : null
}

/** What the screen starts from: the label, or the first guess again where a person took an answer back. */
export function startingAnswer(label: LabelFile, project: Project, image: Image): Answer {
  const answer = answerFromLabel(label, project, image)
  return isClassification(project.taskType) && answer.value === null && image.guess
    ? { ...answer, value: image.guess.value }
    : answer
}

/** The label file that says a person's answer. */
export function bodyFromAnswer(project: Project, answer: Answer): LabelBody {
  const body = plainBody(project, answer)
  return { ...body, data: withMeasures(body.data, answer.measures) } as LabelBody
}

function plainBody(project: Project, answer: Answer): LabelBody {
  if (answer.marks) return { type: project.taskType, data: dataFromMarks(project, answer.marks) } as LabelBody
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
