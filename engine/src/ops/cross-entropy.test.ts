import { describe, expect, it } from 'vitest'
import { GraphBuilder } from '../graph/graph-builder.ts'
import { openOnnx } from '../onnx.ts'
import { crossEntropy } from './cross-entropy.ts'

const shape = [3, 4]
const logits = Float32Array.of(1, -2, 0.5, 0, 3, 1, -1, 2, 0.1, 0.2, 0.3, 0.4)
const targets = Float32Array.of(0.7, 0.1, 0.1, 0.1, 0, 1, 0, 0, 0.25, 0.25, 0.25, 0.25)

async function lossOf(weights: Float32Array) {
  const graph = new GraphBuilder()
  const inputs = [graph.input('logits', shape), graph.input('targets', shape), graph.input('weights', [3])] as const
  const { loss, gradient } = crossEntropy(graph, ...inputs)
  graph.output('loss', loss)
  graph.output('gradient', gradient)
  const session = await openOnnx(graph.build(), { threads: 1 })
  return async (data: Float32Array) => {
    const feeds = { logits: { data, shape }, targets: { data: targets, shape }, weights: { data: weights, shape: [3] } }
    const { loss, gradient } = await session.run(feeds)
    return { loss: loss![0]!, gradient: gradient! }
  }
}

describe('weighted cross entropy of soft targets', () => {
  it('is the formula in double precision', async () => {
    const weights = [1, 0.5, 2]
    const { loss } = await (await lossOf(Float32Array.from(weights)))(logits)
    let wanted = 0
    for (let row = 0; row < 3; row += 1) {
      const scores = [...logits.subarray(row * 4, row * 4 + 4)]
      const total = Math.log(scores.reduce((sum, score) => sum + Math.exp(score), 0))
      scores.forEach((score, k) => {
        wanted -= (weights[row]! / 3.5) * targets[row * 4 + k]! * (score - total)
      })
    }
    expect(loss).toBeCloseTo(wanted, 5)
  })

  it('has the gradient of finite differences, and none for a row that weighs nothing', async () => {
    const at = await lossOf(Float32Array.of(1, 0, 2))
    const { gradient } = await at(logits)
    for (let index = 0; index < logits.length; index += 1) {
      const step = (change: number) => at(logits.map((value, place) => (place === index ? value + change : value)))
      const numeric = ((await step(0.02)).loss - (await step(-0.02)).loss) / 0.04
      expect(Math.abs(numeric - gradient[index]!), `logit ${index}`).toBeLessThan(3e-4)
    }
    expect(gradient.subarray(4, 8).every((value) => value === 0)).toBe(true)
  })
})
