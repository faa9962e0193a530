import { createGenerator } from './generator.ts'
import type { PoolImage } from './pool.ts'

/**
 * A small net on frozen features: one hidden layer of fixed random weights (ReLU), a last layer learned by softmax
 * regression, classes weighted by how rare they are. Small enough to be trained hundreds of times.
 * Source: Rahimi and Recht, Random Features for Large-Scale Kernel Machines, 2007.
 */
export class Learner {
  readonly #classCount: number
  readonly #hidden: Float32Array[]
  readonly #mean: Float32Array
  readonly #deviation: Float32Array
  #weights: Float32Array

  constructor(sample: readonly Float32Array[], classCount: number, { hidden = 160, seed = 7 } = {}) {
    const length = sample[0]?.length ?? 0
    const random = createGenerator(seed)
    this.#classCount = classCount
    this.#mean = Float32Array.from({ length }, (_, at) => meanOf(sample.map((row) => row[at]!)))
    this.#deviation = Float32Array.from({ length }, (_, at) => {
      const mean = this.#mean[at]!
      return Math.sqrt(meanOf(sample.map((row) => (row[at]! - mean) ** 2))) + 1e-3
    })
    this.#hidden = Array.from({ length: hidden }, () =>
      Float32Array.from({ length: length + 1 }, () => (random() + random() + random() - 1.5) * (2 / Math.sqrt(length))),
    )
    this.#weights = new Float32Array(0)
  }

  /** What the fixed layer makes of a row; computed once for each. */
  look(row: Float32Array): Float32Array {
    const scaled = row.map((value, at) => (value - this.#mean[at]!) / this.#deviation[at]!)
    const seen = new Float32Array(this.#hidden.length + scaled.length + 1)
    this.#hidden.forEach((weights, place) => {
      let sum = weights[scaled.length]!
      for (let at = 0; at < scaled.length; at += 1) sum += weights[at]! * scaled[at]!
      seen[place] = Math.max(0, sum)
    })
    seen.set(scaled, this.#hidden.length)
    seen[seen.length - 1] = 1
    return seen
  }

  /** Learns the last layer from nothing: full-batch Adam, weight decay. */
  learn(images: readonly PoolImage[], steps = 60): void {
    const rows = images.flatMap((image) => image.rows)
    const classes = images.flatMap((image) => image.classes)
    const counts = new Float64Array(this.#classCount)
    for (const value of classes) counts[value]! += 1
    const present = counts.filter((count) => count > 0).length
    const share = Float64Array.from(counts, (count) => (count > 0 ? 1 / (count * present) : 0))
    const length = rows[0]?.length ?? 0
    const size = length * this.#classCount
    const weights = new Float32Array(size)
    const [first, second, gradient] = [new Float32Array(size), new Float32Array(size), new Float32Array(size)]
    for (let step = 1; step <= steps; step += 1) {
      for (let at = 0; at < size; at += 1) gradient[at] = 1e-3 * weights[at]!
      rows.forEach((row, index) => {
        const value = classes[index]!
        const answer = softmax(row, weights, this.#classCount)
        for (let place = 0; place < this.#classCount; place += 1) {
          const error = (answer[place]! - (place === value ? 1 : 0)) * share[value]!
          if (Math.abs(error) < 1e-7) continue
          const from = place * length
          for (let at = 0; at < length; at += 1) gradient[from + at]! += error * row[at]!
        }
      })
      const rate = (0.05 * Math.sqrt(1 - 0.999 ** step)) / (1 - 0.9 ** step)
      for (let at = 0; at < size; at += 1) {
        first[at] = 0.9 * first[at]! + 0.1 * gradient[at]!
        second[at] = 0.999 * second[at]! + 0.001 * gradient[at]! ** 2
        weights[at]! -= (rate * first[at]!) / (Math.sqrt(second[at]!) + 1e-8)
      }
    }
    this.#weights = weights
  }

  /** Probabilities of the classes for a row that was looked at. */
  answer(row: Float32Array): number[] {
    return softmax(row, this.#weights, this.#classCount)
  }

  /** Mean over classes present of F1 over all rows: of images for a classification, of places elsewhere. */
  score(images: readonly PoolImage[]): number {
    const tallies = Array.from({ length: this.#classCount }, () => ({ hit: 0, said: 0, marked: 0 }))
    for (const { rows, classes } of images) {
      rows.forEach((row, index) => {
        const answer = this.answer(row)
        const said = answer.indexOf(Math.max(...answer))
        const marked = classes[index]!
        tallies[said]!.said += 1
        tallies[marked]!.marked += 1
        if (said === marked) tallies[said]!.hit += 1
      })
    }
    const figures = tallies
      .filter(({ marked }) => marked > 0)
      .map(({ hit, said, marked }) => (2 * hit) / (said + marked))
    return meanOf(figures)
  }
}

function softmax(row: Float32Array, weights: Float32Array, classCount: number): number[] {
  const logits = Array.from({ length: classCount }, (_, place) => {
    let sum = 0
    const from = place * row.length
    for (let at = 0; at < row.length; at += 1) sum += weights[from + at]! * row[at]!
    return sum
  })
  const largest = Math.max(...logits)
  const powers = logits.map((logit) => Math.exp(logit - largest))
  const total = powers.reduce((sum, power) => sum + power, 0)
  return powers.map((power) => power / total)
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
}
