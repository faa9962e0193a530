import { readFile } from 'node:fs/promises'
import { decodeClassifier } from '../model-file/classifier-file.ts'
import type { ModelCard } from '../tasks/classification/model-card.ts'
import type { OpenClassifier } from '../train/backend.ts'
import { openClassifier } from '../train/onnx-backend.ts'
import { PredictionError } from './errors.ts'

export interface OpenModelFile extends OpenClassifier {
  card: ModelCard
}

/** Opens one of our model files to answer for images. Throws PredictionError when it is not one. */
export async function openModelFile(file: string, options: { threads: number }): Promise<OpenModelFile> {
  const bytes = await readFile(file)
  const model = decodeClassifier(bytes)
  if (!model) throw new PredictionError('this file is not a classification model of this engine')
  return { card: model.card, ...(await openClassifier(bytes, model.card, options)) }
}
