import type { Value } from '../graph/graph-builder.ts'
import type { Shape } from '../graph/shape.ts'
import type { Tape } from '../graph/tape.ts'
import type { Layers } from '../nn/layers.ts'

/** What a task teaches in one step: its data, its network and its loss. The optimizer is added for it. */
export interface StepDefinition {
  /** Shapes of the float32 data fed at each step, by name, the batch included. */
  inputs: Readonly<Record<string, Shape>>
  write(tape: Tape, layers: Layers, inputs: Readonly<Record<string, Value>>): WrittenStep
}

export interface WrittenStep {
  /** Scalar. */
  loss: Value
  /** Where the gradient starts: outputs of the network with the loss's gradient there. */
  seeds: { output: Value; gradient: Value }[]
  /** What the caller reads after each step, by name. */
  outputs: Readonly<Record<string, Value>>
}
