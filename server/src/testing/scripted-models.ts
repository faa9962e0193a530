import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Prediction, Predictor, TrainingOutcome, TrainingRequest } from '@vesalius/engine/runner'
import type { Trainer } from '../features/training/trainer.ts'

/**
 * Stands for a network: its file says by how much of the time it is right about pictures whose class is the parity of
 * their first byte after the header, told by `truthOf`.
 */
export interface ScriptedModel {
  /** Probability it gives to what is right. */
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

  async train(request: TrainingRequest): Promise<TrainingOutcome> {
    this.trained.push(request)
    const modelFile = join(request.directory, 'model.onnx')
    const outcome = {
      ...{ modelFile, metrics: null, imageSize: 32, trainingImages: 3, validationImages: 1 },
      ...{ epochs: 1, seconds: 1, skipped: [], ...(await writeModel(modelFile, this.next)) },
    }
    await this.spoil(outcome)
    return outcome
  }
}

/** Answers by the model's file. `truthOf`: the right class of a picture, by its path. */
export class ScriptedPredictor implements Predictor {
  readonly truthOf: (file: string) => number

  constructor(truthOf: (file: string) => number) {
    this.truthOf = truthOf
  }

  async predict(modelFile: string, imageFiles: string[]): Promise<(Prediction | { error: string })[]> {
    const model = JSON.parse(await readFile(modelFile, 'utf8')) as ScriptedModel
    return imageFiles.map((file) => {
      const answer = model.always ?? this.truthOf(file)
      const right = model.isBroken ? Number.NaN : model.right
      const probabilities = answer === 1 ? [1 - right, right] : [right, 1 - right]
      return { probabilities, latencyMs: 1 }
    })
  }

  async close() {}
}
