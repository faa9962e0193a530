import type { Backbone } from '@vesalius/contracts'

/** What a classification network is built from. */
export interface NetworkSpec {
  backbone: Backbone
  /** Side of the square image, in pixels. */
  imageSize: number
  channels: 1 | 3
  classCount: number
}
