import { BmpError, readBmpHeader } from '../bmp/bmp-header.ts'
import { joinBytes } from '../inflate.ts'
import { PictureError } from '../picture-error.ts'
import type { StrippedPicture } from './strip-picture.ts'

const FILE_HEADER = 14
const CORE_HEADER = 12
const INFO_HEADER = 40
/** BITMAPV5HEADER: 'LINK' names a file of the machine it was made on, 'MBED' carries a profile; both begin with text. */
const V5_HEADER = 124
const COLOUR_SPACE = FILE_HEADER + 56
const PROFILE = FILE_HEADER + 112
const PROFILE_KINDS = new Set([0x4c494e4b, 0x4d424544])
const SRGB = 0x73524742

/**
 * A bitmap of header, colours and pixels alone: without profile, reserved fields, and bytes that lie between or behind
 * (BITMAPFILEHEADER, BITMAPV5HEADER). Throws PictureError `damaged` or `unsupported`.
 */
export function stripBmp(bytes: Uint8Array): StrippedPicture {
  const { width, height, bitsPerPixel, pixelOffset } = readHeader(bytes)
  const given = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const headerSize = given.getUint32(FILE_HEADER, true)
  const headEnd = FILE_HEADER + headerSize + extraBytes(given, headerSize, bitsPerPixel)
  const begin = Math.min(headEnd, pixelOffset)
  const pixelEnd = pixelOffset + Math.ceil((width * bitsPerPixel) / 32) * 4 * height
  if (pixelEnd > bytes.length) throw new PictureError('damaged', 'the pixels of the bitmap end early')
  const head = bytes.slice(0, begin)
  const view = new DataView(head.buffer)
  const removed: string[] = []
  if (view.getUint32(6, true) !== 0) removed.push('application data')
  if (headerSize === V5_HEADER && PROFILE_KINDS.has(view.getUint32(COLOUR_SPACE, true))) {
    removed.push('colour profile')
    view.setUint32(COLOUR_SPACE, SRGB, true)
    view.setUint32(PROFILE, 0, true)
    view.setUint32(PROFILE + 4, 0, true)
  }
  if (pixelOffset > begin) removed.push('application data')
  if (pixelEnd < bytes.length) removed.push('trailing bytes')
  if (removed.length === 0) return { bytes: Uint8Array.from(bytes), removed }
  view.setUint32(2, begin + pixelEnd - pixelOffset, true)
  view.setUint32(6, 0, true)
  view.setUint32(10, begin, true)
  return { bytes: joinBytes([head, bytes.subarray(pixelOffset, pixelEnd)]), removed }
}

function readHeader(bytes: Uint8Array) {
  try {
    return readBmpHeader(bytes)
  } catch (cause) {
    if (cause instanceof BmpError) throw new PictureError(cause.kind, cause.message, { cause })
    throw cause
  }
}

/** Colour masks and the table of colours behind the second header. */
function extraBytes(view: DataView, headerSize: number, bitsPerPixel: number): number {
  const isCore = headerSize === CORE_HEADER
  const hasMasks = headerSize === INFO_HEADER && view.getUint32(30, true) === 3
  const told = isCore ? 0 : view.getUint32(46, true)
  const colours = bitsPerPixel > 8 ? told : told || 2 ** bitsPerPixel
  return (hasMasks ? 12 : 0) + colours * (isCore ? 3 : 4)
}
