import { describe, expect, it } from 'vitest'
import { GraphBuilder } from '../graph/graph-builder.ts'
import { openOnnx } from '../onnx.ts'
import { directionLoss } from './direction-loss.ts'

const shape = [2, 2, 2, 3]
const insideShape = [2, 1, 2, 3]
const logits = Float32Array.from({ length: 24 }, (_, at) => 3 * Math.sin(at * 1.7))
const targets = Float32Array.from({ length: 24 }, (_, at) => (at % 4) / 3)
const inside = Float32Array.from({ length: 12 }, (_, at) => (at % 3 === 0 ? 0 : 1))

async function openLoss() {
  const graph = new GraphBuilder()
  const [z, t, within] = [
    graph.input('logits', shape),
    graph.input('targets', shape),
    graph.input('inside', insideShape),
  ]
  const { loss, gradient } = directionLoss(graph, z, t, within)
  graph.output('loss', loss)
  graph.output('gradient', gradient)
  const session = await openOnnx(graph.build(), { threads: 1 })
  return async (data: Float32Array) => {
    const feeds = {
      logits: { data, shape },
      targets: { data: targets, shape },
      inside: { data: inside, shape: insideShape },
    }
    const { loss, gradient } = await session.run(feeds)
    return { loss: loss![0]!, gradient: gradient! }
  }
}

describe('squared error of directions', () => {
  it('is the formula in double precision, over the pixels inside', async () => {
    const { loss } = await (await openLoss())(logits)
    let sum = 0
    logits.forEach((z, at) => {
      const pixel = Math.floor(at / 12) * 6 + (at % 6)
      sum += 8 * inside[pixel]! * (1 / (1 + Math.exp(-z)) - targets[at]!) ** 2
    })
    expect(loss).toBeCloseTo(sum / (inside.reduce((total, value) => total + value, 0) + 1), 5)
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
})
