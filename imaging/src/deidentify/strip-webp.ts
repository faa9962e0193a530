import { joinBytes } from '../inflate.ts'
import { PictureError } from '../picture-error.ts'
import { readOrientation, writeOrientation } from './exif-orientation.ts'
import type { StrippedPicture } from './strip-picture.ts'

const HEADER = 12
const KEPT = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP'])
const NAMES: Record<string, string> = { EXIF: 'exif', 'XMP ': 'xmp' }
const EXIF_FLAG = 0x08
const XMP_FLAG = 0x04

/** Source: RFC 9649 section 2. */
export function stripWebp(bytes: Uint8Array): StrippedPicture {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const stated = 8 + view.getUint32(4, true)
  if (stated > bytes.length) throw new PictureError('damaged', 'the WebP file ends early')
  const kept: Uint8Array[] = []
  const removed: string[] = stated < bytes.length - 1 ? ['trailing bytes'] : []
  let orientation: number | null = null
  for (let at = HEADER; at + 8 <= stated; ) {
    const type = String.fromCharCode(...bytes.subarray(at, at + 4))
    const length = view.getUint32(at + 4, true)
    const end = at + 8 + length + (length % 2)
    if (end > stated + 1) throw new PictureError('damaged', 'a WebP chunk ends early')
    if (KEPT.has(type)) kept.push(new Uint8Array(bytes.subarray(at, end)))
    else removed.push(NAMES[type] ?? 'application data')
    if (type === 'EXIF') orientation ??= readOrientation(tiffPart(bytes.subarray(at + 8, at + 8 + length)))
    at = end
  }
  const [first] = kept
  if (first?.[3] === 0x58) first[8] = ((first[8] ?? 0) & ~(EXIF_FLAG | XMP_FLAG)) | (orientation ? EXIF_FLAG : 0)
  if (orientation) kept.push(writeChunk('EXIF', writeOrientation(orientation)))
  const body = joinBytes(kept)
  const header = new Uint8Array(bytes.subarray(0, HEADER))
  new DataView(header.buffer).setUint32(4, body.length + 4, true)
  return { bytes: joinBytes([header, body]), removed }
}

/** Some writers put the JPEG prefix before the block. */
function tiffPart(exif: Uint8Array): Uint8Array {
  return exif[0] === 0x45 ? exif.subarray(6) : exif
}

function writeChunk(type: string, content: Uint8Array): Uint8Array {
  const chunk = new Uint8Array(8 + content.length + (content.length % 2))
  chunk.set(Uint8Array.from(type, (letter) => letter.charCodeAt(0)))
  new DataView(chunk.buffer).setUint32(4, content.length, true)
  chunk.set(content, 8)
  return chunk
}
