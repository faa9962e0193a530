import type { ModelCard } from '../tasks/classification/model-card.ts'
import type { NamedTensors, NetworkSpec, SessionOptions, TrainingSession } from './training-session.ts'

/** A network ready to answer. */
export interface OpenClassifier {
  /** `images` [count, channel, row, column] float32, normalised → logits [count, class]. */
  run(images: Float32Array, count: number): Promise<Float32Array>
  dispose(): Promise<void>
}

/** What the training loop needs of the numeric core; passed in, so that the loop can be tested without it. */
export interface TrainingBackend {
  openSession(spec: NetworkSpec, options: SessionOptions): Promise<TrainingSession>
  openClassifier(spec: NetworkSpec, parameters: NamedTensors): Promise<OpenClassifier>
  /** The bytes of an ONNX model: the forward part, its parameters and its card. */
  encodeModel(spec: NetworkSpec, parameters: NamedTensors, card: ModelCard): Uint8Array
  /** The parameters and card of one of our model files; null when it is not one. */
  readModel(file: string): { parameters: NamedTensors; card: ModelCard } | null
}
