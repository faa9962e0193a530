import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Prediction, Predictor, TrainingOutcome, TrainingRequest } from '@vesalius/engine/runner'
import type { Trainer } from '../features/training/trainer.ts'

/** Stands for a network: its file says how good it is. */
export interface ScriptedModel {
  /** Share of pictures it is right about. */
  right: number
  /** Answers this class whatever it sees. */
  always?: number
  /** Answers with no numbers. */
  isBroken?: boolean
}

export async function writeModel(file: string, model: ScriptedModel): Promise<{ sha256: string; byteSize: number }> {
  const bytes = Buffer.from(JSON.stringify(model))
  await writeFile(file, bytes)
  return { sha256: createHash('sha256').update(bytes).digest('hex'), byteSize: bytes.length }
}

/** Writes what `next` says in place of a training; `spoil` may do to the file what accidents do. */
export class ScriptedTrainer implements Trainer {
  readonly trained: TrainingRequest[] = []
  next: ScriptedModel = { right: 0.7 }
  spoil: (outcome: TrainingOutcome) => Promise<void> = async () => {}
  /** What the training says of itself besides. */
  report: (outcome: TrainingOutcome) => Partial<TrainingOutcome> = () => ({})

  async train(request: TrainingRequest): Promise<TrainingOutcome> {
    this.trained.push(request)
    const modelFile = join(request.directory, 'model.onnx')
    const outcome: TrainingOutcome = {
      ...{ modelFile, metrics: null, imageSize: 32, trainingImages: request.items.length - 1, validationImages: 1 },
      ...{ epochs: 1, seconds: 1, skipped: [], ...(await writeModel(modelFile, this.next)) },
    }
    await this.spoil(outcome)
    return { ...outcome, ...this.report(outcome) }
  }
}

const SURE = 0.9

/**
 * Answers by the model's file. `truthOf`: the right class of a picture, by its path; `hardnessOf`: 0..1, the share of
 * models that are wrong about it.
 */
export class ScriptedPredictor implements Predictor {
  readonly truthOf: (file: string) => number
  readonly hardnessOf: (file: string) => number

  constructor(truthOf: (file: string) => number, hardnessOf: (file: string) => number = () => 0) {
    this.truthOf = truthOf
    this.hardnessOf = hardnessOf
  }

  async predict(modelFile: string, imageFiles: string[]): Promise<(Prediction | { error: string })[]> {
    const model = JSON.parse(await readFile(modelFile, 'utf8')) as ScriptedModel
    return imageFiles.map((file) => {
      const truth = this.truthOf(file)
      const answer = model.always ?? (this.hardnessOf(file) < model.right ? truth : 1 - truth)
      const right = model.isBroken ? Number.NaN : SURE
      const probabilities = answer === 1 ? [1 - right, right] : [right, 1 - right]
      return { probabilities, latencyMs: 1 }
    })
  }

  async close() {}
}
