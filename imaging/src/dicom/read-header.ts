import { PictureError } from '../picture-error.ts'
import { readDicomNow } from './read-dicom.ts'
import { TAG } from './tags.ts'

/** What the header of a DICOM picture says of its frames. */
export interface DicomHeader {
  width: number
  height: number
  frames: number
  isGrey: boolean
  bitsStored: number
}

const PIXELS = 0x7fe00000

/** Reads what stands before the pixels; `bytes` may end there. Throws PictureError. */
export function readDicomHeader(bytes: Uint8Array, inflate?: (deflated: Uint8Array) => Uint8Array): DicomHeader {
  const { dataSet } = readDicomNow(bytes, { before: PIXELS, ...(inflate ? { inflate } : {}) })
  const [width, height] = [dataSet.word(TAG.columns), dataSet.word(TAG.rows)]
  if (!width || !height) throw new PictureError('no-image', 'the object holds no image')
  const photometric = dataSet.text(TAG.photometric) ?? ''
  return {
    width,
    height,
    frames: dataSet.decimals(TAG.numberOfFrames)?.[0] ?? 1,
    isGrey: photometric.startsWith('MONOCHROME'),
    bitsStored: dataSet.word(TAG.bitsStored) ?? 8,
  }
}
