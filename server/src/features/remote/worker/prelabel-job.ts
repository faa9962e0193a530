import { type RemotePrediction, routes, type WorkerJob } from '@vesalius/contracts'
import { frameAddress, type Prediction, type Predictor } from '@vesalius/engine/runner'
import { MEDIA_TYPES } from '../../images/picture-format.ts'
import type { WorkerApi } from './worker-api.ts'
import type { Hold, WorkerStore } from './worker-store.ts'

type PrelabelJob = Extract<WorkerJob, { kind: 'prelabel' }>

export interface Tools {
  api: WorkerApi
  store: WorkerStore
  predictor: Predictor
  threads: number
}

/** What the worker cannot do; another one may. */
export class UnfitJobError extends Error {
  override name = 'UnfitJobError'
}

/** Looks at one image with the model it is given, and says what it sees. */
export async function prelabel({ api, store, predictor }: Tools, job: PrelabelJob, hold: Hold, signal: AbortSignal) {
  const { id, lease, image, model } = job
  if (!model) throw new UnfitJobError('This project waits for a worker that brings its own model.')
  const input = { params: { remoteJobId: id }, query: { lease } }
  const extension = Object.entries(MEDIA_TYPES).find(([, type]) => type === image.mediaType)?.[0] ?? 'bin'
  const file = await store.file(
    { sha256: image.contentHash, extension },
    () => api.fetchFile(routes.getJobImage, input, signal),
    hold,
  )
  const modelFile = await store.file(
    { sha256: model.sha256, extension: 'onnx' },
    () => api.fetchFile(routes.getJobModel, input, signal),
    hold,
  )
  const answers = await predictor.predict(
    modelFile,
    job.ask.map((frame) => frameAddress(file, frame)),
  )
  const predictions = job.ask.map((frame, index) => {
    const answer = answers[index]
    if (!answer || 'error' in answer) throw new Error(answer?.error ?? 'the model did not answer')
    return { ...asRemote(answer, job.classes.length), frame }
  })
  await api.call(routes.answerJob, { ...input, body: { predictions } }, signal)
}

/** Of classes that the project no longer has nothing is said, of those the model never saw: not at all. */
function asRemote(answer: Prediction, classes: number): RemotePrediction {
  const isKnown = (mark: { class: number }) => mark.class < classes
  const clamp = (share: number) => Math.min(1, Math.max(0, share))
  if ('probabilities' in answer) {
    return { probabilities: Array.from({ length: classes }, (_, index) => clamp(answer.probabilities[index] ?? 0)) }
  }
  if ('masks' in answer) {
    const masks = answer.masks.filter(isKnown).map((mark) => ({ ...mark, score: clamp(mark.score) }))
    return { size: answer.size, masks }
  }
  const placed = (marks: typeof answer.boxes) =>
    marks
      .filter((mark) => isKnown(mark) && mark.box[2] > 0 && mark.box[3] > 0)
      .map((mark) => ({ ...mark, score: clamp(mark.score) }))
  return { boxes: placed(answer.boxes), doubtful: placed(answer.doubtful) }
}
