import { PictureError } from '../picture-error.ts'
import type { StrippedPicture } from './strip-picture.ts'

const ENTRY = 12
const MAX_PAGES = 100_000
const SIZES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8]
/** What the picture needs to look as it does: structure, colour, resolution, orientation, colour profile. */
const KEPT = new Set([
  254, 255, 256, 257, 258, 259, 262, 263, 266, 273, 274, 277, 278, 279, 280, 281, 282, 283, 284, 290, 291, 292, 293,
  296, 297, 301, 317, 318, 319, 320, 321, 322, 323, 324, 325, 332, 334, 336, 338, 339, 340, 341, 347, 512, 513, 514,
  515, 517, 518, 519, 520, 521, 529, 530, 531, 532, 34675,
])
const DIRECTORIES = new Set([330, 34665, 34853, 40965])
const NAMES: Record<number, string> = { 700: 'xmp', 33723: 'iptc', 34377: 'iptc', 34665: 'exif', 34853: 'exif' }

/**
 * Takes the entries that describe rather than draw out of every page's directory and blanks what they pointed to;
 * nothing moves, so pixels stay where they are. Source: TIFF 6.0 section 2.
 */
export function stripTiff(bytes: Uint8Array): StrippedPicture {
  const output = new Uint8Array(bytes)
  const view = new DataView(output.buffer)
  const isLittle = view.getUint16(0) === 0x4949
  if (view.getUint16(2, isLittle) !== 42) throw new PictureError('unsupported', 'metadata of BigTIFF cannot be removed')
  const removed: string[] = []
  const seen = new Set<number>()
  for (let at = view.getUint32(4, isLittle); at !== 0; ) {
    if (seen.has(at) || seen.size > MAX_PAGES) throw new PictureError('damaged', 'TIFF pages form a ring')
    seen.add(at)
    at = stripDirectory({ output, view, isLittle, removed, seen }, at, KEPT)
  }
  return { bytes: output, removed }
}

interface Work {
  output: Uint8Array
  view: DataView
  isLittle: boolean
  removed: string[]
  seen: Set<number>
}

/** Answers where the next directory is. */
function stripDirectory(work: Work, start: number, kept: ReadonlySet<number>): number {
  const { output, view, isLittle } = work
  if (start + 2 > output.length) throw new PictureError('damaged', 'a TIFF directory lies outside the file')
  const count = view.getUint16(start, isLittle)
  const end = start + 2 + count * ENTRY
  if (end + 4 > output.length) throw new PictureError('damaged', 'a TIFF directory ends early')
  const next = view.getUint32(end, isLittle)
  let write = start + 2
  for (let read = start + 2; read < end; read += ENTRY) {
    const tag = view.getUint16(read, isLittle)
    if (kept.has(tag)) {
      output.copyWithin(write, read, read + ENTRY)
      write += ENTRY
    } else {
      work.removed.push(NAMES[tag] ?? 'description')
      blankValue(work, read, tag)
    }
  }
  view.setUint16(start, (write - start - 2) / ENTRY, isLittle)
  view.setUint32(write, next, isLittle)
  output.fill(0, write + 4, end + 4)
  return next
}

function blankValue(work: Work, entry: number, tag: number): void {
  const { output, view, isLittle, seen } = work
  const type = view.getUint16(entry + 2, isLittle)
  const size = (SIZES[type] ?? 1) * view.getUint32(entry + 4, isLittle)
  const place = view.getUint32(entry + 8, isLittle)
  if (DIRECTORIES.has(tag) && size <= 4) {
    if (!seen.has(place)) {
      seen.add(place)
      stripDirectory(work, place, new Set())
    }
  } else if (size > 4) {
    if (place + size > output.length) throw new PictureError('damaged', 'a TIFF value lies outside the file')
    output.fill(0, place, place + size)
  }
}
