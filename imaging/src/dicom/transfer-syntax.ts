import type { Encoding } from './data-set.ts'

/** How pixels are compressed; the JPEG kinds are told apart by the stream itself, as syntax and stream may disagree. */
export type PixelCoding = 'native' | 'rle' | 'jpeg' | 'jpeg-ls' | 'jpeg-2000' | 'htj2k'

export interface TransferSyntax {
  encoding: Encoding
  isDeflated?: boolean
  pixels: PixelCoding
}

const EXPLICIT: Encoding = { isExplicit: true, isLittleEndian: true }
const encapsulated = (pixels: PixelCoding): TransferSyntax => ({ encoding: EXPLICIT, pixels })

/** Transfer syntaxes by UID. Source: DICOM PS3.5 annex A, PS3.6 annex A. */
export const TRANSFER_SYNTAXES: ReadonlyMap<string, TransferSyntax> = new Map([
  ['1.2.840.10008.1.2', { encoding: { isExplicit: false, isLittleEndian: true }, pixels: 'native' }],
  ['1.2.840.10008.1.2.1', { encoding: EXPLICIT, pixels: 'native' }],
  ['1.2.840.10008.1.2.1.99', { encoding: EXPLICIT, isDeflated: true, pixels: 'native' }],
  ['1.2.840.10008.1.2.2', { encoding: { isExplicit: true, isLittleEndian: false }, pixels: 'native' }],
  ['1.2.840.10008.1.2.5', encapsulated('rle')],
  ['1.2.840.10008.1.2.4.50', encapsulated('jpeg')],
  ['1.2.840.10008.1.2.4.51', encapsulated('jpeg')],
  ['1.2.840.10008.1.2.4.57', encapsulated('jpeg')],
  ['1.2.840.10008.1.2.4.70', encapsulated('jpeg')],
  ['1.2.840.10008.1.2.4.80', encapsulated('jpeg-ls')],
  ['1.2.840.10008.1.2.4.81', encapsulated('jpeg-ls')],
  ['1.2.840.10008.1.2.4.90', encapsulated('jpeg-2000')],
  ['1.2.840.10008.1.2.4.91', encapsulated('jpeg-2000')],
  ['1.2.840.10008.1.2.4.201', encapsulated('htj2k')],
  ['1.2.840.10008.1.2.4.202', encapsulated('htj2k')],
  ['1.2.840.10008.1.2.4.203', encapsulated('htj2k')],
])
