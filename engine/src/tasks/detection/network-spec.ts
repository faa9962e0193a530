/** What a detection network is built from. */
export interface DetectorSpec {
  channels: 1 | 3
  classCount: number
}
