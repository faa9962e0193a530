import { PictureError } from '../picture-error.ts'
import type { DataSet } from './data-set.ts'
import { TAG } from './tags.ts'

const PHOTOMETRICS = [
  'MONOCHROME1',
  'MONOCHROME2',
  'PALETTE COLOR',
  'RGB',
  'YBR_FULL',
  'YBR_FULL_422',
  'YBR_ICT',
  'YBR_RCT',
] as const

export type Photometric = (typeof PHOTOMETRICS)[number]

/** The image pixel module: what the file says its pixels are. Source: DICOM PS3.3 section C.7.6.3. */
export interface PixelDescription {
  width: number
  height: number
  frames: number
  samplesPerPixel: 1 | 3
  photometric: Photometric
  isPlanar: boolean
  bitsAllocated: number
  bitsStored: number
  highBit: number
  isSigned: boolean
  /** Where the samples are floating point numbers of 32 or 64 bits. */
  floatBits: 32 | 64 | null
}

/** Throws PictureError: `no-image` where the object holds none, `unsupported` or `damaged` where it is not described. */
export function describePixels(dataSet: DataSet): PixelDescription {
  const floatBits = dataSet.elements.has(TAG.floatPixelData)
    ? 32
    : dataSet.elements.has(TAG.doublePixelData)
      ? 64
      : null
  if (!floatBits && !dataSet.elements.has(TAG.pixelData)) {
    throw new PictureError('no-image', `the object holds no image${describeModality(dataSet)}`)
  }
  const photometric = knownPhotometric(dataSet.text(TAG.photometric))
  const samplesPerPixel = requireWord(dataSet, TAG.samplesPerPixel, 'samples per pixel')
  if (samplesPerPixel !== expectedSamples(photometric)) {
    throw new PictureError('unsupported', `${samplesPerPixel} samples per pixel of ${photometric}`)
  }
  const bitsAllocated = floatBits ?? requireWord(dataSet, TAG.bitsAllocated, 'bits allocated')
  if (![1, 8, 16, 32].includes(bitsAllocated) && !floatBits) {
    throw new PictureError('unsupported', `${bitsAllocated} bits allocated`)
  }
  const bitsStored = floatBits ?? dataSet.word(TAG.bitsStored) ?? bitsAllocated
  const highBit = dataSet.word(TAG.highBit) ?? bitsStored - 1
  if (bitsStored < 1 || bitsStored > bitsAllocated || highBit >= bitsAllocated || highBit + 1 < bitsStored) {
    throw new PictureError('damaged', `${bitsStored} bits up to bit ${highBit} in ${bitsAllocated}`)
  }
  return {
    width: requireWord(dataSet, TAG.columns, 'columns'),
    height: requireWord(dataSet, TAG.rows, 'rows'),
    frames: frameCount(dataSet),
    samplesPerPixel,
    photometric,
    isPlanar: samplesPerPixel === 3 && dataSet.word(TAG.planarConfiguration) === 1,
    bitsAllocated,
    bitsStored,
    highBit,
    isSigned: dataSet.word(TAG.pixelRepresentation) === 1,
    floatBits,
  }
}

function knownPhotometric(text: string | null): Photometric {
  const known = PHOTOMETRICS.find((name) => name === text)
  if (!known) throw new PictureError('unsupported', 'the photometric interpretation is missing or not supported')
  return known
}

function expectedSamples(photometric: Photometric): 1 | 3 {
  return photometric.startsWith('MONO') || photometric === 'PALETTE COLOR' ? 1 : 3
}

function frameCount(dataSet: DataSet): number {
  const stated = dataSet.decimals(TAG.numberOfFrames)?.[0] ?? 1
  return stated === 0 ? 1 : stated
}

function requireWord(dataSet: DataSet, tag: number, name: string): number {
  const value = dataSet.word(tag)
  if (value === null) throw new PictureError('damaged', `${name} are not stated`)
  return value
}

function describeModality(dataSet: DataSet): string {
  const modality = dataSet.text(TAG.modality)
  return modality && /^[A-Z]{2,16}$/.test(modality) ? ` (modality ${modality})` : ''
}
