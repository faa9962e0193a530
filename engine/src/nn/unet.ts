import type { Value } from '../graph/graph-builder.ts'
import type { Window } from '../ops/convolution.ts'
import { type Layers, window } from './layers.ts'
import { basicBlock } from './residual.ts'

/** Channels from the picture's own size down to its sixteenth. */
const CHANNELS = [16, 32, 64, 128, 128] as const

/** Pixels of the picture, across and down, for each place of the maps. */
export type UnetStride = 1 | 2

/** Height and width of the picture must be multiples of it, whatever the stride. */
export const UNET_MULTIPLE = 2 ** CHANNELS.length

/**
 * U-Net with residual stages on the way down and sums instead of concatenations on the way up, which halves the cost of
 * the way up: `image` [batch, channels, height, width] → logits [batch, maps, height / stride, width / stride]. With a
 * stride of 2 the first convolution takes it, and everything costs a quarter.
 * Source: Ronneberger et al., U-Net, 2015, figure 1; the sums as in Chaurasia and Culurciello, LinkNet, 2017.
 */
export function unet(layers: Layers, image: Value, maps: number, stride: UnetStride): Value {
  const convolve = (name: string, x: Value, channels: number, reach: Window, add?: Value) =>
    layers.convolveAndNormalize(`${name}.conv`, `${name}.norm`, x, channels, reach, { add, isRectified: true })

  const first = convolve('stem.0', image, CHANNELS[0], window(3, stride))
  const features = [convolve('stem.1', first, CHANNELS[0], window(3))]
  CHANNELS.slice(1).forEach((channels, index) => {
    features.push(basicBlock(layers, `down${index + 1}`, features.at(-1) ?? image, channels, 2))
  })
  const top = features.reduceRight((below, feature, level) => {
    const channels = CHANNELS[level] ?? CHANNELS[0]
    const raised = layers.upsample(convolve(`raise${level}`, below, channels, window(1)), 2)
    return convolve(`up${level}.1`, convolve(`up${level}.0`, feature, channels, window(3), raised), channels, window(3))
  })
  return layers.convolve('maps', top, maps, window(1))
}
