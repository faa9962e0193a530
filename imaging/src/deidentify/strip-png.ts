import { joinBytes } from '../inflate.ts'
import { PictureError } from '../picture-error.ts'
import { crc32 } from './checksum.ts'
import { readOrientation, writeOrientation } from './exif-orientation.ts'
import type { StrippedPicture } from './strip-picture.ts'

const SIGNATURE = 8
/** Critical chunks, colour, transparency, resolution, animation. Source: ISO 15948 section 11, PNG third edition. */
const KEPT = new Set(
  'IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP cICP mDCV cLLI sBIT bKGD hIST pHYs acTL fcTL fdAT'.split(' '),
)
const NAMES: Record<string, string> = { eXIf: 'exif', tEXt: 'text', zTXt: 'text', iTXt: 'text', tIME: 'time' }

export function stripPng(bytes: Uint8Array): StrippedPicture {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const kept: Uint8Array[] = [bytes.subarray(0, SIGNATURE)]
  const removed: string[] = []
  for (let at = SIGNATURE; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at)
    const end = at + 12 + length
    if (end > bytes.length) break
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
    if (KEPT.has(type)) kept.push(bytes.subarray(at, end))
    else removed.push(NAMES[type] ?? 'application data')
    const orientation = type === 'eXIf' ? readOrientation(bytes.subarray(at + 8, end - 4)) : null
    if (orientation) kept.push(writeChunk('eXIf', writeOrientation(orientation)))
    at = end
    if (type !== 'IEND') continue
    if (at < bytes.length) removed.push('trailing bytes')
    return { bytes: joinBytes(kept), removed }
  }
  throw new PictureError('damaged', 'the PNG file ends early')
}

export function writeChunk(type: string, content: Uint8Array): Uint8Array {
  const chunk = new Uint8Array(12 + content.length)
  const view = new DataView(chunk.buffer)
  view.setUint32(0, content.length)
  chunk.set(
    Uint8Array.from(type, (letter) => letter.charCodeAt(0)),
    4,
  )
  chunk.set(content, 8)
  view.setUint32(8 + content.length, crc32(chunk.subarray(4, 8 + content.length)))
  return chunk
}
