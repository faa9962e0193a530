import type { Value } from '../graph/graph-builder.ts'
import type { Window } from '../ops/convolution.ts'

/** What follows a normalisation, so that it costs no pass over memory of its own. */
export interface Finish {
  add?: Value | undefined
  isRectified?: boolean | undefined
}

/** What networks are written in; the training graph and the exported model each carry it out in their own way. */
export interface Layers {
  /** Convolution without bias, batch normalisation, `finish.add` added, ReLU when asked. Parameters `<name>.weight`, `<norm>.weight`, `<norm>.bias`. */
  convolveAndNormalize(name: string, norm: string, x: Value, channels: number, window: Window, finish?: Finish): Value
  /** Convolution with bias. Parameters `<name>.weight`, `<name>.bias`. */
  convolve(name: string, x: Value, channels: number, window: Window): Value
  rectify(x: Value): Value
  sum(a: Value, b: Value): Value
  poolMaximum(x: Value, window: Window): Value
  /** Every place becomes a square of `factor`² places: [batch, channels, height, width] → [.., height·factor, ..]. */
  upsample(x: Value, factor: number): Value
  /** Channels of all values, one after the other. */
  concatenate(values: Value[]): Value
  /** [batch, channels, height, width] → [batch, channels] */
  poolAverage(x: Value): Value
  /** Parameters `<name>.weight` [out, in] and `<name>.bias` [out]. */
  project(name: string, x: Value, outputs: number): Value
}

export type Network = (layers: Layers, x: Value, classCount: number) => Value

export const window = (kernel: number, stride = 1, padding = (kernel - 1) >> 1): Window => ({ kernel, stride, padding })
