import { AppError, type ImageType } from '@vesalius/contracts'
import type { ImportedModel } from '@vesalius/engine'
import { runInThread } from '../../run-in-thread.ts'

export interface ModelTask {
  file: string
  taskType: ImageType
  classes: string[]
}

/** What the model can do, and size and hash of the file as it is now. */
export interface InspectedModel {
  found: Omit<ImportedModel, 'bytes'>
  byteSize: number
  sha256: string
}

export type ModelAnswer = InspectedModel | { refused: string }

const WORKER = new URL('./model-worker.ts', import.meta.url)
const TIME_LIMIT_MS = 60_000
const MEMORY_LIMIT_MB = 4096

/**
 * Looks at a model file in a thread of its own, and writes into it what it takes to ask it. Nothing of it is run. Throws
 * MODEL_UNUSABLE.
 */
export async function inspectModel(task: ModelTask): Promise<InspectedModel> {
  const answer = await runInThread<ModelAnswer>(WORKER, task, {
    timeLimitMs: TIME_LIMIT_MS,
    memoryLimitMb: MEMORY_LIMIT_MB,
    tooMuch: (what) => new AppError('MODEL_UNUSABLE', `Reading the model takes too much ${what}.`),
  })
  if ('refused' in answer) throw new AppError('MODEL_UNUSABLE', `The model cannot be used: ${answer.refused}.`)
  return answer
}
