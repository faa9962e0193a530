import type { Value } from '../graph/graph-builder.ts'
import { dimensionAt } from '../graph/shape.ts'
import { type Layers, type Network, window } from './layers.ts'

/** Two 3×3 convolutions beside a shortcut. Source: He et al., Deep Residual Learning, 2016, figure 2. */
export function basicBlock(layers: Layers, name: string, x: Value, channels: number, stride: number): Value {
  const rectified = { isRectified: true }
  const first = layers.convolveAndNormalize(`${name}.conv1`, `${name}.bn1`, x, channels, window(3, stride), rectified)
  const add = shortcut(layers, name, x, channels, stride)
  const finish = { add, isRectified: true }
  return layers.convolveAndNormalize(`${name}.conv2`, `${name}.bn2`, first, channels, window(3), finish)
}

/** 1×1, 3×3 (which carries the stride), 1×1 to four times the channels. Source: He et al., 2016, figure 5. */
function bottleneck(layers: Layers, name: string, x: Value, channels: number, stride: number): Value {
  const rectified = { isRectified: true }
  const narrow = window(1, 1, 0)
  const first = layers.convolveAndNormalize(`${name}.conv1`, `${name}.bn1`, x, channels, narrow, rectified)
  const second = layers.convolveAndNormalize(
    `${name}.conv2`,
    `${name}.bn2`,
    first,
    channels,
    window(3, stride),
    rectified,
  )
  const add = shortcut(layers, name, x, 4 * channels, stride)
  const finish = { add, isRectified: true }
  return layers.convolveAndNormalize(`${name}.conv3`, `${name}.bn3`, second, 4 * channels, narrow, finish)
}

/** The input itself where it fits, else a projection of it. */
function shortcut(layers: Layers, name: string, x: Value, channels: number, stride: number): Value {
  if (stride === 1 && dimensionAt(x.shape, 1) === channels) return x
  return layers.convolveAndNormalize(`${name}.downsample.0`, `${name}.downsample.1`, x, channels, window(1, stride, 0))
}

type Block = (layers: Layers, name: string, x: Value, channels: number, stride: number) => Value

function stages(
  layers: Layers,
  x: Value,
  plan: { channels: number; blocks: number; stride: number }[],
  writeBlock: Block = basicBlock,
): Value {
  let value = x
  plan.forEach(({ channels, blocks, stride }, stage) => {
    for (let block = 0; block < blocks; block++) {
      value = writeBlock(layers, `layer${stage + 1}.${block}`, value, channels, block === 0 ? stride : 1)
    }
  })
  return value
}

/** A residual network with the parameter names of torchvision; `blocks` of its four stages. */
function resnet(blocks: readonly [number, number, number, number], writeBlock: Block): Network {
  return (layers, x, classCount) => {
    const stem = layers.convolveAndNormalize('conv1', 'bn1', x, 64, window(7, 2), { isRectified: true })
    const plan = blocks.map((count, stage) => ({
      channels: 64 * 2 ** stage,
      blocks: count,
      stride: stage === 0 ? 1 : 2,
    }))
    const body = stages(layers, layers.poolMaximum(stem, window(3, 2)), plan, writeBlock)
    return layers.project('fc', layers.poolAverage(body), classCount)
  }
}

export const resnet18 = resnet([2, 2, 2, 2], basicBlock)
export const resnet34 = resnet([3, 4, 6, 3], basicBlock)
export const resnet50 = resnet([3, 4, 6, 3], bottleneck)

/**
 * The small default: a narrow residual network whose stem brings any image size to at most about 48² places, so that
 * a laptop makes hundreds of steps a minute.
 */
export const compact: Network = (layers, x, classCount) => {
  const size = dimensionAt(x.shape, 2)
  const stemWindow = size > 112 ? window(4, 4, 0) : size > 48 ? window(3, 2) : window(3)
  const stem = layers.convolveAndNormalize('conv1', 'bn1', x, 32, stemWindow, { isRectified: true })
  const body = stages(layers, stem, [
    { channels: 32, blocks: 1, stride: 2 },
    { channels: 64, blocks: 2, stride: 2 },
    { channels: 128, blocks: 2, stride: 2 },
  ])
  return layers.project('fc', layers.poolAverage(body), classCount)
}
