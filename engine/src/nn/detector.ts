import type { Value } from '../graph/graph-builder.ts'
import { type Layers, window } from './layers.ts'
import { basicBlock } from './residual.ts'

/** Pixels of the picture beside one place of the maps. */
export const DETECTOR_STRIDE = 4
/** Height and width of the picture must be multiples of it. */
export const DETECTOR_MULTIPLE = 32

const STAGES = [
  { channels: 32, blocks: 1 },
  { channels: 64, blocks: 2 },
  { channels: 128, blocks: 2 },
  { channels: 192, blocks: 1 },
] as const
const NECK = 64
/** Channels before the last layers. */
export const DETECTOR_HEAD_CHANNELS = 32

/** Maps at a quarter of the picture's size. */
export interface DetectorMaps {
  /** [batch, classes, height/4, width/4]: logits of a box of this class being centred here. */
  heat: Value
  /** [batch, 4, height/4, width/4]: logarithms of the distances to the left, right, top and bottom edge. */
  edges: Value
}

/**
 * A narrow residual body down to 1/32 and a path back up to 1/4, where one map finds small and large boxes alike: its
 * places know what the deepest stage saw. Source of the path: Lin et al., Feature Pyramid Networks, 2017, figure 3.
 */
export function detector(layers: Layers, image: Value, classCount: number): DetectorMaps {
  const convolve = (name: string, x: Value, channels: number, kernel: number, stride = 1, add?: Value) =>
    layers.convolveAndNormalize(`${name}.conv`, `${name}.norm`, x, channels, window(kernel, stride), {
      add,
      isRectified: true,
    })
  let x = convolve('stem.1', convolve('stem.0', image, 16, 3, 2), 32, 3, 2)
  const features = STAGES.map(({ channels, blocks }, stage) => {
    for (let block = 0; block < blocks; block += 1) {
      const stride = stage > 0 && block === 0 ? 2 : 1
      x = basicBlock(layers, `stage${stage + 1}.${block}`, x, channels, stride)
    }
    return x
  })
  const neck = features.reduceRight<Value | undefined>((above, feature, level) => {
    const lateral = convolve(`lateral${level + 1}`, feature, NECK, 1, 1, above && layers.upsample(above, 2))
    return convolve(`neck${level + 1}`, lateral, NECK, 3)
  }, undefined)
  if (!neck) throw new RangeError('a detector has stages')
  return {
    heat: layers.convolve('heat', convolve('heat.before', neck, DETECTOR_HEAD_CHANNELS, 3), classCount, window(1)),
    edges: layers.convolve('edges', convolve('edges.before', neck, DETECTOR_HEAD_CHANNELS, 3), 4, window(1)),
  }
}
