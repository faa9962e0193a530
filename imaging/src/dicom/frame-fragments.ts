import { joinBytes } from '../inflate.ts'
import { PictureError } from '../picture-error.ts'

/**
 * Encapsulated pixel data to one byte string per frame. The offset table is followed where the file has one; else one
 * fragment is one frame, or a frame begins where a compressed stream does. Throws PictureError `damaged` when fragments
 * and frames cannot be matched. Source: DICOM PS3.5 section A.4.
 */
export function groupFragments(
  encapsulated: Uint8Array[],
  frames: number,
  extendedOffsets: number[] | null,
): Uint8Array[] {
  const [table = new Uint8Array(0), ...fragments] = encapsulated
  if (fragments.length === 0) throw new PictureError('damaged', 'the pixel data holds no fragment')
  if (frames === 1) return [joinBytes(fragments)]
  if (fragments.length === frames) return fragments
  const offsets = extendedOffsets ?? readOffsets(table)
  const starts = offsets.length > 0 ? fragmentsAtOffsets(fragments, offsets) : fragmentsAtStreams(fragments)
  if (starts.length !== frames || starts[0] !== 0) {
    throw new PictureError('damaged', `${fragments.length} fragments do not make ${frames} frames`)
  }
  return starts.map((start, index) => joinBytes(fragments.slice(start, starts[index + 1])))
}

function readOffsets(table: Uint8Array): number[] {
  const view = new DataView(table.buffer, table.byteOffset, table.byteLength)
  return Array.from({ length: table.length >> 2 }, (_, index) => view.getUint32(index * 4, true))
}

/** Offsets count from the first fragment's item header, 8 bytes before its content. */
function fragmentsAtOffsets(fragments: Uint8Array[], offsets: number[]): number[] {
  const places = new Map<number, number>()
  let at = 0
  fragments.forEach((fragment, index) => {
    places.set(at, index)
    at += 8 + fragment.length
  })
  return offsets.map((offset) => places.get(offset) ?? -1)
}

function fragmentsAtStreams(fragments: Uint8Array[]): number[] {
  const isStart = ([first, second]: Uint8Array) => first === 0xff && (second === 0xd8 || second === 0x4f)
  return fragments.flatMap((fragment, index) => (isStart(fragment) ? [index] : []))
}
