import type { Backbone } from '@vesalius/contracts'
import type { NamedTensors } from '../graph/named-tensors.ts'

export type { NamedTensors } from '../graph/named-tensors.ts'

export interface NetworkSpec {
  backbone: Backbone
  /** Side of the square image, in pixels. */
  imageSize: number
  channels: 1 | 3
  classCount: number
}

export interface SessionOptions {
  batchSize: number
  seed: number
  optimizer: 'adamw' | 'sgd'
  weightDecay: number
  /** Share of every target spread evenly over the classes, 0..1; default 0. */
  labelSmoothing?: number
  /** Parameters to start from; names that are missing or whose shape differs start fresh. */
  initial?: NamedTensors
}

export interface StepInput {
  /** `[batch, channels, size, size]` float32 row-major, normalised. */
  images: Float32Array
  /** `[batch, classes]` soft labels, each row sums to 1. */
  targets: Float32Array
  /** `[batch]`; 0 leaves an image out of loss and gradient. */
  sampleWeights: Float32Array
  learningRate: number
  /** Share of the old average kept in this step, 0..1; missing: the average follows the parameters. */
  emaDecay?: number
}

export interface SessionState {
  parameters: NamedTensors
  optimizer: NamedTensors
  averaged: NamedTensors
  step: number
}

export interface TrainingSession {
  readonly spec: NetworkSpec
  readonly batchSize: number
  /** One optimizer step. `loss` is the weighted mean cross entropy before it, `logits` `[batch, classes]` likewise. */
  step(input: StepInput): Promise<{ loss: number; logits: Float32Array }>
  /** Copies of parameters, optimizer state and averaged parameters: all that a checkpoint needs. */
  state(): SessionState
  restore(state: SessionState): void
  dispose(): Promise<void>
}
