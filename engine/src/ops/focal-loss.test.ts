import { expect, it } from 'vitest'
import { GraphBuilder } from '../graph/graph-builder.ts'
import { openOnnx } from '../onnx.ts'
import { focalLoss } from './focal-loss.ts'

const shape = [1, 2, 2, 2]
const logits = Float32Array.of(-2, 0.5, 3, -1, 0, 1.5, -4, 2)
const weights = [0.5, 2] as const
const targets = Float32Array.of(1, 0.6, 0, 0.2, 0.999, 0, 0, 1)

async function openLoss() {
  const graph = new GraphBuilder()
  const { loss, gradient } = focalLoss(
    graph,
    graph.input('logits', shape),
    graph.input('targets', shape),
    graph.floats([1, 2, 1, 1], Float32Array.from(weights)),
  )
  graph.output('loss', loss)
  graph.output('gradient', gradient)
  const session = await openOnnx(graph.build(), { threads: 1 })
  return async (data: Float32Array, wanted = targets) => {
    const answer = await session.run({ logits: { data, shape }, targets: { data: wanted, shape } })
    return { loss: answer.loss![0]!, gradient: answer.gradient! }
  }
}

it('is the formula in double precision, over the number of peaks', async () => {
  const at = await openLoss()
  const wanted = [...logits].reduce((sum, z, index) => {
    const p = 1 / (1 + Math.exp(-z))
    const t = targets[index]!
    const weight = weights[index < 4 ? 0 : 1]
    return sum - (weight * (t === 1 ? (1 - p) ** 2 * Math.log(p) : (1 - t) ** 4 * p ** 2 * Math.log(1 - p))) / 2
  }, 0)
  expect((await at(logits)).loss).toBeCloseTo(wanted, 5)
})

it('has the gradient of finite differences', async () => {
  const at = await openLoss()
  const { gradient } = await at(logits)
  for (let index = 0; index < logits.length; index += 1) {
    const step = (change: number) => at(logits.map((value, place) => (place === index ? value + change : value)))
    const numeric = ((await step(0.02)).loss - (await step(-0.02)).loss) / 0.04
    expect(Math.abs(numeric - gradient[index]!), `logit ${index}`).toBeLessThan(3e-4)
  }
})

it('does not ask a place that is almost a peak, and stays finite at extreme logits and without any peak', async () => {
  const at = await openLoss()
  expect(Math.abs((await at(logits)).gradient[4]!)).toBeLessThan(1e-6)
  const extreme = await at(Float32Array.of(-200, 200, 200, -200, 200, -200, 0, -200), new Float32Array(8))
  expect([extreme.loss, ...extreme.gradient].every(Number.isFinite)).toBe(true)
})
