/** What a segmentation network is built from. */
export interface SegmenterSpec {
  channels: 1 | 3
  classCount: number
  /** Whether touching objects are told apart; the network then has one map more, of how deep inside its object a pixel is. */
  hasInstances: boolean
}

export const mapCount = ({ classCount, hasInstances }: Omit<SegmenterSpec, 'channels'>): number =>
  classCount + (hasInstances ? 1 : 0)
