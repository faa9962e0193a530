import type { UnetStride } from '../../nn/unet.ts'

/** What a segmentation network is built from. */
export interface SegmenterSpec {
  channels: 1 | 3
  classCount: number
  /**
   * Whether touching objects are told apart; the network then has two maps more: the way from a pixel to the middle of its
   * object, across and down.
   */
  hasInstances: boolean
  /** Of the network; its file brings maps back to the picture's size. */
  stride: UnetStride
}

/** Across and down. */
export const INSTANCE_MAPS = 2

export const mapCount = ({ classCount, hasInstances }: Pick<SegmenterSpec, 'classCount' | 'hasInstances'>): number =>
  classCount + (hasInstances ? INSTANCE_MAPS : 0)
