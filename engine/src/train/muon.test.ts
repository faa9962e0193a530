import { describe, expect, it } from 'vitest'
import type { NamedTensors } from '../graph/named-tensors.ts'
import { classifierStep } from '../tasks/classification/classifier-step.ts'
import { openTrainingSession } from './open-training-session.ts'
import type { OptimizerName } from './optimizer.ts'

const spec = { backbone: 'compact', imageSize: 16, channels: 1, classCount: 2 } as const
const RATE = 0.01
const DECAY = 0.1

async function train(
  optimizer: OptimizerName,
  { steps = 1, block, rate = RATE }: { steps?: number; block?: number; rate?: number },
) {
  const options = {
    seed: 3,
    optimizer,
    weightDecay: optimizer === 'sgd' ? 0 : DECAY,
    ...(block === undefined ? {} : { block }),
  }
  const session = await openTrainingSession(classifierStep(spec, 4, 0), options)
  const before = session.state().parameters
  const inputs = {
    image: Float32Array.from({ length: 4 * 16 ** 2 }, (_, at) => Math.sin(at * 0.7) + Math.cos(at * 0.013) * (at % 7)),
    target: Float32Array.of(1, 0, 0, 1, 1, 0, 0, 1),
    weight: new Float32Array(4).fill(1),
  }
  let loss = 0
  for (let step = 0; step < steps; step += 1) loss = (await session.step({ inputs, learningRate: rate })).loss
  const { parameters, optimizer: remembered } = session.state()
  await session.dispose()
  return { before, parameters, remembered, loss }
}

const get = (tensors: NamedTensors, name: string) => tensors.get(name)!.data
const KERNEL = 'layer2.0.conv2.weight'

/** Newton-Schulz in double precision; rows are no more than columns. */
function orthogonal(data: number[], rows: number): number[][] {
  const columns = data.length / rows
  const norm = Math.hypot(...data)
  let x = Array.from({ length: rows }, (_, row) => data.slice(row * columns, (row + 1) * columns).map((v) => v / norm))
  const times = (a: number[][], b: number[][]) =>
    a.map((row) => b[0]!.map((_, j) => row.reduce((sum, value, k) => sum + value * b[k]![j]!, 0)))
  for (let round = 0; round < 5; round += 1) {
    const squares = times(
      x,
      x[0]!.map((_, j) => x.map((row) => row[j]!)),
    )
    const again = times(squares, squares)
    const factor = squares.map((row, i) => row.map((value, j) => -4.775 * value + 2.0315 * again[i]![j]!))
    const moved = times(factor, x)
    x = x.map((row, i) => row.map((value, j) => 3.4445 * value + moved[i]![j]!))
  }
  return x
}

describe('Muon', () => {
  it('moves the kernels of hidden layers along their orthogonalised gradient', async () => {
    // A step of plain gradient descent tells the gradient.
    const plain = await train('sgd', { rate: 1 })
    const { before, parameters } = await train('muon', {})
    const old = get(before, KERNEL)
    const gradient = Array.from(old, (value, at) => value - get(plain.parameters, KERNEL)[at]!)
    const rows = before.get(KERNEL)!.shape[0]!
    const direction = orthogonal(gradient, rows)
    const columns = old.length / rows
    const length = 0.2 * Math.sqrt(Math.max(rows, columns)) * RATE
    get(parameters, KERNEL).forEach((value, at) => {
      const wanted = (1 - RATE * DECAY) * old[at]! - length * direction[Math.floor(at / columns)]![at % columns]!
      if (Math.abs(value - wanted) > 2e-4) expect(value, `weight ${at}`).toBeCloseTo(wanted, 4)
    })
  })

  it('leaves the first kernels, the last layer and the vectors to AdamW', async () => {
    const [muon, adamw] = [await train('muon', {}), await train('adamw', {})]
    for (const name of ['conv1.weight', 'fc.weight', 'fc.bias', 'layer1.0.bn1.weight']) {
      expect(get(muon.parameters, name), name).toEqual(get(adamw.parameters, name))
    }
    expect(get(muon.parameters, KERNEL)).not.toEqual(get(adamw.parameters, KERNEL))
  })

  it('is the same in the memory of this machine and in plain memory', async () => {
    const [own, plain] = [await train('muon', { steps: 4 }), await train('muon', { steps: 4, block: 0 })]
    expect(own.loss).toBeCloseTo(plain.loss, 2)
    const difference = get(own.parameters, KERNEL).reduce(
      (sum, v, at) => sum + Math.abs(v - get(plain.parameters, KERNEL)[at]!),
      0,
    )
    const moved = get(own.parameters, KERNEL).reduce(
      (sum, v, at) => sum + Math.abs(v - get(own.before, KERNEL)[at]!),
      0,
    )
    expect(difference / moved).toBeLessThan(0.05)
  })

  it('remembers one thing of kernels and two of the rest, by their plain names', async () => {
    const { remembered } = await train('muon', {})
    expect(remembered.has(`${KERNEL}:velocity`)).toBe(true)
    expect(remembered.has(`${KERNEL}:second`)).toBe(false)
    expect(remembered.has('fc.weight:second')).toBe(true)
  })
})
