import { readFileSync } from 'node:fs'
import type { Backbone } from '@vesalius/contracts'
import { describe, expect, it } from 'vitest'
import { GraphBuilder } from '../graph/graph-builder.ts'
import type { NamedTensors } from '../graph/named-tensors.ts'
import { Tape } from '../graph/tape.ts'
import { NETWORKS } from '../nn/backbones.ts'
import { Parameters } from '../nn/parameters.ts'
import { TrainingLayers } from '../nn/training-layers.ts'
import { classifierStep } from '../tasks/classification/classifier-step.ts'
import { openTrainingSession } from './open-training-session.ts'

interface Golden {
  name: Backbone
  channels: 1 | 3
  size: number
  batch: number
  classes: number
  rate: number
  losses: number[]
}

/** Made by goldens/ten-steps.py in PyTorch from the same formulas for weights and images. */
const goldens = JSON.parse(readFileSync(new URL('../../goldens/ten-steps.json', import.meta.url), 'utf8')) as Golden[]

const wave = (count: number, phase: number) => Float32Array.from({ length: count }, (_, i) => Math.sin(0.7 * i + phase))

/** Numbers without a pattern in ±1, the same in every language: a matrix of sines alone would have rank 2. */
const noise = (count: number, phase: number) =>
  Float32Array.from({ length: count }, (_, i) => {
    const x = Math.sin(12.9898 * (i % 1009) + 78.233 * Math.floor(i / 1009) + phase) * 43758.5453
    return (x - Math.floor(x)) * 2 - 1
  })

describe('the first steps of a whole network', () => {
  // float32 sums in another order drift apart as steps go on: one part in a hundred after ten steps is that, a wrong
  // gradient shows in the second.
  // Plain memory is another way through the same operators: the networks that have all of them between them are enough.
  const ways = goldens.flatMap((golden) => [
    { ...golden, memory: 'the memory of this machine', block: undefined },
    ...(golden.name === 'compact' || golden.name === 'resnet18'
      ? [{ ...golden, memory: 'plain memory', block: 0 }]
      : []),
  ])
  it.each(ways)('follow PyTorch for $name in $memory', async ({ block, ...golden }) => {
    const spec = {
      backbone: golden.name,
      imageSize: golden.size,
      channels: golden.channels,
      classCount: golden.classes,
    }
    const session = await openTrainingSession(classifierStep(spec, golden.batch, 0), {
      seed: 1,
      optimizer: 'adamw',
      weightDecay: 0.05,
      initial: startingWeights(golden),
      ...(block === undefined ? {} : { block }),
    })
    const place = golden.channels * golden.size ** 2
    const image = wave(golden.batch * place, 0.3).map((v, i) => v + (Math.floor(i / place) % golden.classes) * 0.2)
    const target = new Float32Array(golden.batch * golden.classes)
    for (let i = 0; i < golden.batch; i++) target[i * golden.classes + (i % golden.classes)] = 1
    const weight = new Float32Array(golden.batch).fill(1)
    const losses: number[] = []
    // The largest takes two seconds a step; a wrong gradient shows in the second.
    const steps = golden.name === 'resnet50' ? 4 : 10
    for (let i = 0; i < steps; i++) {
      losses.push((await session.step({ inputs: { image, target, weight }, learningRate: golden.rate })).loss)
    }
    await session.dispose()
    losses.forEach((loss, index) => {
      const tolerance = index < 3 ? 1e-3 : 1e-2
      const wanted = golden.losses[index] as number
      expect(Math.abs(loss - wanted), `step ${index + 1}: ${loss} for ${wanted}`).toBeLessThan(tolerance)
    })
  })
})

it('the same seed starts and ends with the same weights, another one with others', async () => {
  const spec = { backbone: 'compact', imageSize: 16, channels: 1, classCount: 2 } as const
  const train = async (seed: number) => {
    const options = { seed, optimizer: 'adamw', weightDecay: 0.05 } as const
    const session = await openTrainingSession(classifierStep(spec, 4, 0), options)
    const inputs = {
      image: wave(4 * 16 ** 2, 0.1),
      target: Float32Array.of(1, 0, 0, 1, 1, 0, 0, 1),
      weight: wave(4, 1),
    }
    for (let step = 0; step < 5; step += 1) await session.step({ inputs, learningRate: 1e-3 })
    const { parameters } = session.state()
    await session.dispose()
    return parameters
  }
  const first = await train(1)
  expect(await train(1)).toEqual(first)
  expect(await train(2)).not.toEqual(first)
})

function startingWeights(golden: Golden): NamedTensors {
  const tape = new Tape(new GraphBuilder())
  const parameters = new Parameters(tape, 0)
  const layers = new TrainingLayers(tape, parameters)
  const image = { name: 'image', shape: [golden.batch, golden.channels, golden.size, golden.size] }
  NETWORKS[golden.name](layers, image, golden.classes)
  const weights: NamedTensors = new Map()
  for (const { name, shape } of parameters.declarations) {
    if (shape.length < 2) continue
    const fanIn = shape.slice(1).reduce((product, dimension) => product * dimension, 1)
    const count = fanIn * (shape[0] as number)
    weights.set(name, { shape, data: noise(count, name.length).map((value) => value * Math.sqrt(6 / fanIn)) })
  }
  return weights
}
