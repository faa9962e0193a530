import type { ImageType } from '@vesalius/contracts'
import type { Code } from './codes.ts'

/**
 * What kind of thing a task type's classes are, as far as the type itself says it; anything else is only a region.
 * Source: DICOM PS3.16 CID 7150.
 */
export function segmentCategory(imageType: ImageType): Code {
  switch (imageType) {
    case 3001:
      return { value: '49755003', scheme: 'SCT', meaning: 'Morphologically Abnormal Structure' }
    case 3002:
    case 3003:
      return { value: '91723000', scheme: 'SCT', meaning: 'Anatomical Structure' }
    default:
      return { value: '309825002', scheme: 'SCT', meaning: 'Spatial and Relational Concept' }
  }
}
