import type { OnnxOptions } from '../onnx.ts'
import type { Prediction, TrainingOutcome, TrainingRequest, TrainingUpdate } from '../runner/messages.ts'

/** A model ready to answer for image files. */
export interface OpenModel {
  /**
   * Answers in order: what the model says, or why a file could not be read. `asked` is the `performance.now()` of the
   * request, so that latencies count waiting and decoding.
   */
  predict(files: readonly string[], asked: number): Promise<(Prediction | { error: string })[]>
  dispose(): Promise<void>
}

export interface OpenOptions extends Pick<OnnxOptions, 'onResults'> {
  threads: number
}

/** What a family of task types can do: learn from annotated images and open what was learnt. */
export interface TaskFamily {
  /** Writes `model.onnx` into the request's folder. Throws TrainingError, or what the file system throws. */
  train(request: TrainingRequest, onUpdate?: (update: TrainingUpdate) => void): Promise<TrainingOutcome>
  /** Null when the bytes are no model of this family. */
  open(model: Uint8Array, options: OpenOptions): Promise<OpenModel | null>
}
