import { dimensionAt } from '../graph/shape.ts'
import { type Network, window } from './layers.ts'

/** Channels of a convolution, or a halving of the map. */
type Plan = readonly (number | 'pool')[]

/**
 * A VGG network with batch normalisation, its three large linear layers replaced by a mean over the map, so that it takes
 * any image size and far fewer parameters. Source: Simonyan and Zisserman, 2015, table 1.
 */
function vgg(plan: Plan): Network {
  return (layers, x, classCount) => {
    let value = x
    plan.forEach((step, index) => {
      if (step === 'pool') {
        if (dimensionAt(value.shape, 2) > 1) value = layers.poolMaximum(value, window(2, 2, 0))
      } else {
        const name = `features.${index}`
        value = layers.convolveAndNormalize(name, `${name}.norm`, value, step, window(3), { isRectified: true })
      }
    })
    return layers.project('classifier', layers.poolAverage(value), classCount)
  }
}

/** Configuration A. */
export const vgg11 = vgg([64, 'pool', 128, 'pool', 256, 256, 'pool', 512, 512, 'pool', 512, 512, 'pool'])

/** Configuration D. */
export const vgg16 = vgg([
  ...[64, 64, 'pool', 128, 128, 'pool'],
  ...[256, 256, 256, 'pool', 512, 512, 512, 'pool', 512, 512, 512, 'pool'],
] as Plan)
