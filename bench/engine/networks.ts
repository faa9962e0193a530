import type { Backbone } from '@vesalius/contracts'
import { classifierStep, detectorStep, type StepDefinition, segmenterStep } from '@vesalius/engine/train'

/** What both sides of a comparison train. */
export interface Case {
  network: Backbone | 'unet' | 'detector'
  batch: number
  /** Side of the images. */
  size: number
  classes: number
}

const BOX_SHARE = 0.1

export function stepOf({ network, batch, size, classes }: Case): StepDefinition {
  if (network === 'unet')
    return segmenterStep({ channels: 3, classCount: classes, hasInstances: false, stride: 1 }, batch, size)
  if (network === 'detector') {
    const classWeights = Array.from({ length: classes }, () => 1)
    return detectorStep(
      { channels: 3, classCount: classes },
      { batchSize: batch, size, boxShare: BOX_SHARE, classWeights },
    )
  }
  return classifierStep({ backbone: network, imageSize: size, channels: 3, classCount: classes }, batch, 0)
}

/** Data for one input of a step: images of noise, and labels such as the task has. */
export function drawInput(name: string, shape: readonly number[], { network }: Case): Float32Array {
  const values = new Float32Array(shape.reduce((product, side) => product * side, 1))
  const random = createNoise()
  const [, rows = 1] = shape
  if (name === 'image') return values.map(random)
  if (name === 'edges') return values.map(() => 1.1 + random())
  if (name === 'weight') return network === 'detector' ? values.map(() => Number(random() > 0.9)) : values.fill(1)
  if (name === 'heat') return values.map(() => (random() > 0.99 ? 1 : Math.max(0, random()) * 0.9))
  if (network === 'unet') return values.map(() => Number(random() > 0.4))
  return values.map((_, at) => Number(at % rows === Math.floor(at / rows) % rows))
}

/** −1..1, the same each time. */
function createNoise(): () => number {
  let state = 7
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 31 - 1
  }
}
