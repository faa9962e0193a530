import { joinBytes } from '../inflate.ts'
import { PictureError } from '../picture-error.ts'
import { readOrientation, writeOrientation } from './exif-orientation.ts'
import type { StrippedPicture } from './strip-picture.ts'

const EXIF = 'Exif\0\0'
const END = 0xd9
const SCAN = 0xda

/** Keeps JFIF, colour profile and Adobe segments, and the picture's own. Source: ITU-T T.81 annex B. */
export function stripJpeg(bytes: Uint8Array): StrippedPicture {
  const kept: Uint8Array[] = [bytes.subarray(0, 2)]
  const removed: string[] = []
  for (let at = 2; ; ) {
    const marker = bytes[at + 1]
    if (bytes[at] !== 0xff || marker === undefined) throw new PictureError('damaged', 'a JPEG segment is missing')
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (marker === END) {
      kept.push(bytes.subarray(at, at + 2))
      if (at + 2 < bytes.length) removed.push('trailing bytes')
      return { bytes: joinBytes(kept), removed }
    }
    const length = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)
    const end = at + 2 + length
    if (length < 2 || end > bytes.length) throw new PictureError('damaged', 'a JPEG segment ends early')
    const content = bytes.subarray(at + 4, end)
    const reason = removalReason(marker, content)
    if (reason) removed.push(reason)
    else kept.push(bytes.subarray(at, end))
    const orientation = reason === 'exif' ? readOrientation(content.subarray(EXIF.length)) : null
    if (orientation) kept.push(orientationSegment(orientation))
    at = end
    if (marker !== SCAN) continue
    at = endOfScan(bytes, end)
    kept.push(bytes.subarray(end, at))
  }
}

function removalReason(marker: number, content: Uint8Array): string | null {
  const begins = (text: string) => [...text].every((letter, index) => content[index] === letter.charCodeAt(0))
  if (marker === 0xfe) return 'comment'
  if (marker < 0xe0 || marker > 0xef) return null
  if (marker === 0xe1) return begins(EXIF) ? 'exif' : 'xmp'
  if (marker === 0xed) return 'iptc'
  const isKept =
    (marker === 0xe0 && begins('JFIF\0')) ||
    (marker === 0xe2 && begins('ICC_PROFILE\0')) ||
    (marker === 0xee && begins('Adobe'))
  return isKept ? null : 'application data'
}

/** The first marker after entropy-coded bytes that is neither stuffing nor a restart. */
function endOfScan(bytes: Uint8Array, start: number): number {
  for (let at = start; at + 1 < bytes.length; at += 1) {
    const next = bytes[at + 1] ?? 0
    if (bytes[at] === 0xff && next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at
  }
  throw new PictureError('damaged', 'the JPEG data ends early')
}

function orientationSegment(orientation: number): Uint8Array {
  const exif = writeOrientation(orientation)
  const name = Uint8Array.from(EXIF, (letter) => letter.charCodeAt(0))
  return joinBytes([Uint8Array.of(0xff, 0xe1, 0, 2 + name.length + exif.length), name, exif])
}
