import { PictureError } from '../picture-error.ts'

const HEADER = 64
const MAX_SEGMENTS = 15

/**
 * One DICOM RLE frame to its bytes: `[pixel, sample, byte]`, bytes of a sample little endian. `pixelCount` pixels of
 * `samplesPerPixel` × `bytesPerSample`. Throws PictureError `damaged`. Source: DICOM PS3.5 annex G.
 */
export function decodeRunLength(
  bytes: Uint8Array,
  pixelCount: number,
  samplesPerPixel: number,
  bytesPerSample: number,
): Uint8Array {
  const planes = samplesPerPixel * bytesPerSample
  if (bytes.length < HEADER) throw new PictureError('damaged', 'the run-length header ends early')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const segments = view.getUint32(0, true)
  if (segments !== planes || segments > MAX_SEGMENTS) {
    throw new PictureError('damaged', `${segments} run-length segments, ${planes} are needed`)
  }
  const output = new Uint8Array(pixelCount * planes)
  for (let segment = 0; segment < segments; segment += 1) {
    const start = view.getUint32(4 + segment * 4, true)
    const end = segment + 1 < segments ? view.getUint32(8 + segment * 4, true) : bytes.length
    if (start < HEADER || end > bytes.length || start > end) {
      throw new PictureError('damaged', 'a run-length segment lies outside the frame')
    }
    const sample = Math.floor(segment / bytesPerSample)
    const byte = bytesPerSample - 1 - (segment % bytesPerSample)
    unpackSegment(bytes.subarray(start, end), output, { first: sample * bytesPerSample + byte, step: planes })
  }
  return output
}

/** PackBits: a count below 128 copies that many + 1 bytes, above 128 repeats one; 128 does nothing. */
function unpackSegment(
  segment: Uint8Array,
  output: Uint8Array,
  { first, step }: { first: number; step: number },
): void {
  let from = 0
  let to = first
  while (to < output.length) {
    const count = segment[from]
    if (count === undefined) throw new PictureError('damaged', 'a run-length segment ends early')
    from += 1
    if (count < 128) {
      if (from + count >= segment.length) throw new PictureError('damaged', 'a run-length segment ends early')
      for (let index = 0; index <= count && to < output.length; index += 1, to += step) {
        output[to] = segment[from + index] ?? 0
      }
      from += count + 1
    } else if (count > 128) {
      const value = segment[from]
      if (value === undefined) throw new PictureError('damaged', 'a run-length segment ends early')
      from += 1
      for (let index = 0; index <= 256 - count && to < output.length; index += 1, to += step) output[to] = value
    }
  }
}
