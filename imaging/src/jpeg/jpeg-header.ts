import { PictureError } from '../picture-error.ts'

export interface JpegComponent {
  id: number
  horizontal: number
  vertical: number
  quantTable: number
}

/** `process`: the SOF number: 0 baseline, 1 extended, 2 progressive, 3 lossless, 55 JPEG-LS. */
export interface JpegFrameHeader {
  process: number
  precision: number
  width: number
  height: number
  components: JpegComponent[]
}

export interface JpegSegment {
  marker: number
  /** Content after the length. */
  content: Uint8Array
  /** Where the bytes after the segment begin. */
  end: number
}

const START_OF_IMAGE = 0xd8
const JPEG_LS_FRAME = 0xf7

export function isFrameMarker(marker: number): boolean {
  const isOther = marker === 0xc4 || marker === 0xc8 || marker === 0xcc
  return marker === JPEG_LS_FRAME || (marker >= 0xc0 && marker <= 0xcf && !isOther)
}

/** The marker segment at or after `at`, or null where the bytes end. Source: ITU-T T.81 annex B. */
export function nextSegment(bytes: Uint8Array, at: number): JpegSegment | null {
  let place = at
  while (place + 1 < bytes.length) {
    const marker = bytes[place + 1] ?? 0
    if (bytes[place] !== 0xff || marker === 0 || marker === 0xff) {
      place += 1
      continue
    }
    place += 2
    const isBare = marker === START_OF_IMAGE || marker === 0x01 || (marker >= 0xd0 && marker <= 0xd9)
    if (isBare) {
      if (marker === 0xd9) return null
      continue
    }
    const length = ((bytes[place] ?? 0) << 8) | (bytes[place + 1] ?? 0)
    if (length < 2 || place + length > bytes.length) throw new PictureError('damaged', 'a JPEG segment ends early')
    return { marker, content: bytes.subarray(place + 2, place + length), end: place + length }
  }
  return null
}

/** The frame header of a JPEG or JPEG-LS stream. Throws PictureError `damaged`. */
export function readJpegHeader(bytes: Uint8Array): JpegFrameHeader {
  if (bytes[0] !== 0xff || bytes[1] !== START_OF_IMAGE) throw new PictureError('damaged', 'no JPEG stream')
  for (let segment = nextSegment(bytes, 2); segment; segment = nextSegment(bytes, segment.end)) {
    if (isFrameMarker(segment.marker)) return parseFrameHeader(segment)
  }
  throw new PictureError('damaged', 'the JPEG stream has no frame header')
}

export function parseFrameHeader({ marker, content }: JpegSegment): JpegFrameHeader {
  const [precision = 0, heightHigh = 0, heightLow = 0, widthHigh = 0, widthLow = 0, count = 0] = content
  if (content.length < 6 + count * 3 || count === 0) throw new PictureError('damaged', 'the JPEG frame header is short')
  const components = Array.from({ length: count }, (_, index) => {
    const [id = 0, factors = 0, quantTable = 0] = content.subarray(6 + index * 3)
    return { id, horizontal: factors >> 4, vertical: factors & 15, quantTable }
  })
  const process = marker === JPEG_LS_FRAME ? 55 : marker - 0xc0
  return { process, precision, width: widthHigh * 256 + widthLow, height: heightHigh * 256 + heightLow, components }
}
