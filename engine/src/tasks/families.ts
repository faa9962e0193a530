import { readFile } from 'node:fs/promises'
import { type ImageType, type TaskTypeEntry, taskTypeOf } from '@vesalius/contracts'
import { PredictionError, TrainingError } from '../runner/errors.ts'
import { classification } from './classification/index.ts'
import { detection } from './detection/index.ts'
import type { OpenModel, OpenOptions, TaskFamily } from './family.ts'
import { segmentation } from './segmentation/index.ts'

const FAMILIES: Partial<Record<TaskTypeEntry['family'], TaskFamily>> = { classification, detection, segmentation }

/** Throws TrainingError when images of this task type have nothing to learn. */
export function familyOf(imageType: ImageType): TaskFamily {
  const found = FAMILIES[taskTypeOf(imageType).family]
  if (!found) throw new TrainingError('TRAINING_FAILED', `images of type ${imageType} have nothing to learn`)
  return found
}

/** Opens one of our model files. Throws PredictionError when it is not one. */
export async function openModelFile(file: string, options: OpenOptions): Promise<OpenModel> {
  return openModel(await readFile(file), options)
}

/** Throws PredictionError. */
export async function openModel(bytes: Uint8Array, options: OpenOptions): Promise<OpenModel> {
  for (const family of Object.values(FAMILIES)) {
    const model = await family.open(bytes, options)
    if (model) return model
  }
  throw new PredictionError('this file is not a model of this engine')
}
