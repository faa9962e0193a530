import { dimensionAt } from '../graph/shape.ts'
import { type Network, window } from './layers.ts'

const PLAN = [64, 'pool', 128, 'pool', 256, 256, 'pool', 512, 512, 'pool', 512, 512, 'pool'] as const

/**
 * VGG-11 with batch normalisation (configuration A of Simonyan and Zisserman, 2015, table 1), its three large linear
 * layers replaced by a mean over the map, so that it takes any image size and far fewer parameters.
 */
export const vgg11: Network = (layers, x, classCount) => {
  let value = x
  PLAN.forEach((step, index) => {
    if (step === 'pool') {
      if (dimensionAt(value.shape, 2) > 1) value = layers.poolMaximum(value, window(2, 2, 0))
    } else {
      const name = `features.${index}`
      value = layers.convolveAndNormalize(name, `${name}.norm`, value, step, window(3), { isRectified: true })
    }
  })
  return layers.project('classifier', layers.poolAverage(value), classCount)
}
