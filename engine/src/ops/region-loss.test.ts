import { describe, expect, it } from 'vitest'
import { GraphBuilder } from '../graph/graph-builder.ts'
import { openOnnx } from '../onnx.ts'
import { regionLoss } from './region-loss.ts'

const shape = [2, 2, 2, 3]
const logits = Float32Array.from({ length: 24 }, (_, at) => 3 * Math.sin(at * 1.7))
const targets = Float32Array.from({ length: 24 }, (_, at) => (at % 3 === 0 ? 1 : at % 5 === 0 ? 0.4 : 0))
const shares = [0.7, 0]

async function openLoss() {
  const graph = new GraphBuilder()
  const { loss, gradient } = regionLoss(graph, graph.input('logits', shape), graph.input('targets', shape), shares)
  graph.output('loss', loss)
  graph.output('gradient', gradient)
  const session = await openOnnx(graph.build(), { threads: 1 })
  return async (data: Float32Array) => {
    const { loss, gradient } = await session.run({ logits: { data, shape }, targets: { data: targets, shape } })
    return { loss: loss![0]!, gradient: gradient! }
  }
}

describe('cross entropy and Dice of maps', () => {
  it('is the formula in double precision', async () => {
    const { loss } = await (await openLoss())(logits)
    const sigmoid = (value: number) => 1 / (1 + Math.exp(-value))
    let wanted = 0
    logits.forEach((z, at) => {
      wanted += (Math.log1p(Math.exp(z)) - targets[at]! * z) / 24
    })
    let [shared, size] = [0, 0]
    logits.forEach((z, at) => {
      if (Math.floor(at / 6) % 2 === 1) return
      shared += sigmoid(z) * targets[at]!
      size += sigmoid(z) + targets[at]!
    })
    wanted += 0.7 * (1 - (2 * shared + 1) / (size + 1))
    expect(loss).toBeCloseTo(wanted, 5)
  })

  it('has the gradient of finite differences', async () => {
    const at = await openLoss()
    const { gradient } = await at(logits)
    for (let index = 0; index < logits.length; index += 1) {
      const step = (change: number) => at(logits.map((value, place) => (place === index ? value + change : value)))
      const numeric = ((await step(0.02)).loss - (await step(-0.02)).loss) / 0.04
      expect(Math.abs(numeric - gradient[index]!), `logit ${index}`).toBeLessThan(2e-4)
    }
  })

  it('stays finite where the network is sure, right or wrong', async () => {
    const { loss, gradient } = await (await openLoss())(logits.map((value) => value * 100))
    expect(Number.isFinite(loss)).toBe(true)
    expect(gradient.every(Number.isFinite)).toBe(true)
  })
})
