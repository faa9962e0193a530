/** What a segmentation network is built from. */
export interface SegmenterSpec {
  channels: 1 | 3
  classCount: number
  /**
   * Whether touching objects are told apart; the network then has two maps more: how deep inside its object a pixel is, and
   * whether it lies where two objects touch.
   */
  hasInstances: boolean
}

/** Depth and contact. */
export const INSTANCE_MAPS = 2

export const mapCount = ({ classCount, hasInstances }: Omit<SegmenterSpec, 'channels'>): number =>
  classCount + (hasInstances ? INSTANCE_MAPS : 0)
