import { expect } from 'vitest'
import { createRandom } from '../../data/random.ts'
import { multiply, reduce, reshape } from '../../graph/arithmetic.ts'
import { GraphBuilder, type Value } from '../../graph/graph-builder.ts'
import { elementCount, type Shape } from '../../graph/shape.ts'
import { Tape } from '../../graph/tape.ts'
import { type OnnxArray, openOnnx } from '../../onnx.ts'

export interface GradientCheck {
  /** Inputs to differentiate by, with their shapes. */
  inputs: Record<string, Shape>
  /** Fills inputs; missing: uniform in ±1. */
  values?: (name: string, length: number) => Float32Array
  write(tape: Tape, inputs: Record<string, Value>): Value
}

/** Small enough that curved operators (a normalisation) bend by less than 1e-3 over it. */
const STEP = 1e-2
/** Of the largest gradient: a float32 sum of some hundred terms loses 1e-5 of itself, twice the step makes that 1e-3. */
const TOLERANCE = 2e-3
/** So many coordinates of each input are checked. */
const CHECKED = 12

/**
 * Compares the gradient of Σ random·output with central differences (f(x + h) − f(x − h))/2h, coordinate by coordinate.
 * Operators must be smooth within h of the values given.
 */
export async function checkGradient({ inputs, values, write }: GradientCheck): Promise<void> {
  const random = createRandom(3)
  const graph = new GraphBuilder()
  const tape = new Tape(graph)
  const given = Object.fromEntries(Object.entries(inputs).map(([name, shape]) => [name, graph.input(name, shape)]))
  for (const value of Object.values(given)) tape.want(value)
  const output = write(tape, given)
  const weights = Float32Array.from({ length: elementCount(output.shape) }, () => random() - 0.5)
  const seed = graph.floats(output.shape, weights)
  const flat = reshape(graph, multiply(graph, output, seed), [weights.length])
  graph.output('sum', reduce(graph, 'ReduceSum', flat, [0], false))
  const gradients = tape.differentiate([{ output, gradient: seed }])
  for (const [name, value] of Object.entries(given)) {
    const gradient = gradients.get(value.name)
    if (!gradient) throw new Error(`no gradient reaches "${name}"`)
    expect(gradient.shape, `the gradient of "${name}" has its shape`).toEqual(value.shape)
    graph.output(`gradient of ${name}`, gradient)
  }

  const session = await openOnnx(graph.build(), { threads: 1 })
  const feeds: Record<string, OnnxArray> = {}
  for (const [name, shape] of Object.entries(inputs)) {
    const length = elementCount(shape)
    feeds[name] = { shape, data: values?.(name, length) ?? Float32Array.from({ length }, () => 2 * random() - 1) }
  }
  const analytic = await session.run(feeds)
  const sumAt = async (name: string, at: number, change: number) => {
    const { data, shape } = feeds[name]!
    const moved = data.slice()
    moved[at] = moved[at]! + change
    return (await session.run({ ...feeds, [name]: { data: moved, shape } })).sum![0]!
  }
  for (const [name, shape] of Object.entries(inputs)) {
    const length = elementCount(shape)
    const gradient = analytic[`gradient of ${name}`]!
    const scale = Math.max(...gradient.map(Math.abs), 1e-3)
    for (let turn = 0; turn < Math.min(CHECKED, length); turn += 1) {
      const at = length <= CHECKED ? turn : Math.floor(random() * length)
      const numeric = ((await sumAt(name, at, STEP)) - (await sumAt(name, at, -STEP))) / (2 * STEP)
      const apart = Math.abs(numeric - gradient[at]!) / scale
      expect(apart, `d/d${name}[${at}]: ${gradient[at]} for ${numeric}`).toBeLessThan(TOLERANCE)
    }
  }
  await session.dispose()
}

/** Distinct values 0.1 apart in random order: largest ones stay largest when one moves a little. */
export function shuffledLadder(length: number): Float32Array {
  const random = createRandom(8)
  const ladder = Float32Array.from({ length }, (_, index) => (index - length / 2) * 0.1 + 0.05)
  for (let index = length - 1; index > 0; index -= 1) {
    const other = Math.floor(random() * (index + 1))
    const kept = ladder[index]!
    ladder[index] = ladder[other]!
    ladder[other] = kept
  }
  return ladder
}
