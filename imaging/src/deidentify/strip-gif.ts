import { PictureError } from '../picture-error.ts'
import type { StrippedPicture } from './strip-picture.ts'

const EXTENSION = 0x21
const IMAGE = 0x2c
const TRAILER = 0x3b
const LABEL = { plainText: 0x01, comment: 0xfe, application: 0xff } as const
const HEADER = 13
const IMAGE_DESCRIPTOR = 10

/** Application data that decide how the picture looks: repeats of an animation and the colour profile. */
const KEPT = new Set(['NETSCAPE2.0', 'ANIMEXTS1.0', 'ICCRGBG1012'])

/** A GIF without comments, XMP and other application data, plain text, and bytes behind its end (GIF89a, 1990). */
export function stripGif(bytes: Uint8Array): StrippedPicture {
  const removed: string[] = []
  const kept: Uint8Array[] = []
  let at = HEADER + colourTableBytes(bytes[10])
  kept.push(bytes.subarray(0, at))
  while (bytes[at] !== TRAILER) {
    const start = at
    if (bytes[at] === EXTENSION) {
      at = skipSubBlocks(bytes, at + 2)
      const name = nameOfExtension(bytes, start)
      if (name) removed.push(name)
      else kept.push(bytes.subarray(start, at))
    } else if (bytes[at] === IMAGE) {
      at = skipSubBlocks(bytes, at + IMAGE_DESCRIPTOR + colourTableBytes(bytes[at + 9]) + 1)
      kept.push(bytes.subarray(start, at))
    } else throw new PictureError('damaged', 'the blocks do not form a GIF')
  }
  kept.push(bytes.subarray(at, at + 1))
  if (at + 1 < bytes.length) removed.push('trailing bytes')
  return { bytes: join(kept), removed }
}

/** What an extension is called in the report; null when it stays. */
function nameOfExtension(bytes: Uint8Array, at: number): string | null {
  switch (bytes[at + 1]) {
    case LABEL.comment:
      return 'comment'
    case LABEL.plainText:
      return 'text'
    case LABEL.application: {
      const name = new TextDecoder('latin1').decode(bytes.subarray(at + 3, at + 14))
      if (KEPT.has(name)) return null
      return name.startsWith('XMP') ? 'xmp' : 'application data'
    }
    default:
      return null
  }
}

function colourTableBytes(packed = 0): number {
  return packed & 0x80 ? 3 * 2 ** ((packed & 7) + 1) : 0
}

function skipSubBlocks(bytes: Uint8Array, start: number): number {
  for (let at = start; ; ) {
    const size = bytes[at]
    if (size === undefined) throw new PictureError('damaged', 'the GIF is cut off')
    at += size + 1
    if (size === 0) return at
  }
}

function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
