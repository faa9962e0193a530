import type { NamedTensors } from '../graph/named-tensors.ts'
import type { OptimizerName } from './optimizer.ts'

export interface SessionOptions {
  seed: number
  optimizer: OptimizerName
  weightDecay: number
  /** Parameters to start from; names that are missing or whose shape differs start fresh. */
  initial?: NamedTensors | undefined
  /** Threads of the runtime's pool; missing: one for each core, at most 8. */
  threads?: number
  /** Channels of a block in memory; 0: plain memory and standard operators. Missing: what this machine does best. */
  block?: number
}

export interface StepInput {
  /** The data the definition asks for, by name; float32 row-major. */
  inputs: Readonly<Record<string, Float32Array>>
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
  /** One optimizer step. `loss` and `outputs` are those before it. */
  step(input: StepInput): Promise<{ loss: number; outputs: Record<string, Float32Array> }>
  /** Copies of parameters, optimizer state and averaged parameters: all that a checkpoint needs. */
  state(): SessionState
  restore(state: SessionState): void
  dispose(): Promise<void>
}
