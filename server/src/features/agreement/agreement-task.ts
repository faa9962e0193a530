import type { ImageType } from '@vesalius/contracts'
import type { GoldAnswer, ReadImage } from '@vesalius/imaging'

/** What the thread that compares labels is given. */
export type AgreementTask = { taskType: ImageType; classes: number } & (
  | { kind: 'study'; images: ReadImage[]; readers: number }
  | { kind: 'gold'; people: GoldAnswer[][] }
)
