import { expect, it } from 'vitest'
import { createRandom } from '../data/random.ts'
import { GraphBuilder } from '../graph/graph-builder.ts'
import { openOnnx } from '../onnx.ts'
import { boxLoss } from './box-loss.ts'

const shape = [2, 4, 1, 2]
const random = createRandom(4)
const draw = (length: number, low: number, high: number) =>
  Float32Array.from({ length }, () => low + (high - low) * random())
const logarithms = draw(16, -1, 1)
const distances = draw(16, 0.4, 2.5)
const weights = Float32Array.of(0.5, 1, 0, 2)

async function openLoss() {
  const graph = new GraphBuilder()
  const inputs = [graph.input('logarithms', shape), graph.input('distances', shape)] as const
  const { loss, gradient } = boxLoss(graph, ...inputs, graph.input('weights', [2, 1, 1, 2]))
  graph.output('loss', loss)
  graph.output('gradient', gradient)
  const session = await openOnnx(graph.build(), { threads: 1 })
  return async (data: Float32Array) => {
    const feeds = { distances: { data: distances, shape }, weights: { data: weights, shape: [2, 1, 1, 2] } }
    const answer = await session.run({ logarithms: { data, shape }, ...feeds })
    return { loss: answer.loss![0]!, gradient: answer.gradient! }
  }
}

it('is the weighted sum of 1 − GIoU', async () => {
  let wanted = 0
  for (const [picture, place, weight] of [
    [0, 0, 0.5],
    [0, 1, 1],
    [1, 1, 2],
  ] as const) {
    const edge = (values: Float32Array, side: number) => values[picture * 8 + side * 2 + place]!
    const guess = [0, 1, 2, 3].map((side) => Math.exp(edge(logarithms, side)))
    const truth = [0, 1, 2, 3].map((side) => edge(distances, side))
    const area = ([left, right, top, bottom]: number[]) => (left! + right!) * (top! + bottom!)
    const shared = area(guess.map((length, side) => Math.min(length, truth[side]!)))
    const hull = area(guess.map((length, side) => Math.max(length, truth[side]!)))
    const union = area(guess) + area(truth) - shared
    wanted += weight * (1 - (shared / union - (hull - union) / hull))
  }
  expect((await (await openLoss())(logarithms)).loss).toBeCloseTo(wanted, 5)
})

it('has the gradient of finite differences, and none where the weight is 0', async () => {
  const at = await openLoss()
  const { gradient } = await at(logarithms)
  for (let index = 0; index < 16; index += 1) {
    const step = (change: number) => at(logarithms.map((value, place) => (place === index ? value + change : value)))
    const numeric = ((await step(0.01)).loss - (await step(-0.01)).loss) / 0.02
    expect(Math.abs(numeric - gradient[index]!), `edge ${index}`).toBeLessThan(2e-3)
  }
  expect([8, 10, 12, 14].map((index) => Math.abs(gradient[index]!))).toEqual([0, 0, 0, 0])
})

it('is 0 for the true box and stays finite far from it', async () => {
  const at = await openLoss()
  expect((await at(distances.map(Math.log))).loss).toBeCloseTo(0, 5)
  const far = await at(new Float32Array(16).fill(100))
  expect([far.loss, ...far.gradient].every(Number.isFinite)).toBe(true)
})
