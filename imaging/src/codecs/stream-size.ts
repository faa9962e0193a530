import { readJpegHeader } from '../jpeg/jpeg-header.ts'
import { PictureError } from '../picture-error.ts'

const SIZ = [0xff, 0x4f, 0xff, 0x51]
const SEARCHED = 4096

/** Size stated in a compressed stream, read without decoding. */
export interface StreamSize {
  width: number
  height: number
  components: number
}

export function readJpegSize(bytes: Uint8Array): StreamSize {
  const { width, height, components } = readJpegHeader(bytes)
  return { width, height, components: components.length }
}

/** JPEG 2000 and HTJ2K: the SIZ segment. Throws PictureError `damaged`. Source: ITU-T T.800 section A.5.1. */
export function readJpeg2000Size(bytes: Uint8Array): StreamSize {
  const limit = Math.min(SEARCHED, bytes.length - 42)
  for (let at = 0; at <= limit; at += 1) {
    if (!SIZ.every((byte, index) => bytes[at + index] === byte)) continue
    const view = new DataView(bytes.buffer, bytes.byteOffset + at, 42)
    const [right, bottom, left, top] = [8, 12, 16, 20].map((offset) => view.getUint32(offset)) as [
      number,
      number,
      number,
      number,
    ]
    return { width: right - left, height: bottom - top, components: view.getUint16(40) }
  }
  throw new PictureError('damaged', 'no JPEG 2000 stream')
}
