/** The data of one step. */
export interface StepBatch {
  /** By the names of the step's definition; float32 row-major. */
  inputs: Readonly<Record<string, Float32Array>>
  /** Pictures in it. */
  count: number
}

/** Draws the batches of a run. The same place gives the same batch, whatever was drawn before it. */
export interface BatchSource<Batch extends StepBatch> {
  /** Makes room for one batch; two of them let one be filled while the network reads the other. */
  allocate(): Batch
  fill(batch: Batch, place: BatchPlace): void | Promise<void>
  /** How many pictures of the batch were answered right; missing where a picture has no single right answer. */
  countHits?(outputs: Readonly<Record<string, Float32Array>>, batch: Batch): number
}

export interface BatchPlace {
  /** From 0. */
  epoch: number
  /** Step of the epoch, from 0. */
  index: number
  stepsPerEpoch: number
}
