import type { Size } from '../view.ts'

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
const GREY = 0

/**
 * Samples of a grey PNG of 16 bits, `[row, column]`, which browsers would make 8 bits of. Not interlaced, as our tiles are.
 * Throws for anything else. Source: ISO/IEC 15948, sections 5, 9 and 10.
 */
export async function decodeDeepPng(bytes: Uint8Array<ArrayBuffer>): Promise<Size & { samples: Uint16Array }> {
  if (SIGNATURE.some((byte, at) => bytes[at] !== byte)) throw new Error('not a PNG')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let [width, height] = [0, 0]
  const packed: Uint8Array<ArrayBuffer>[] = []
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at)
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
    const data = bytes.subarray(at + 8, at + 8 + length)
    if (name === 'IHDR') {
      width = view.getUint32(at + 8)
      height = view.getUint32(at + 12)
      if (data[8] !== 16 || data[9] !== GREY || data[12] !== 0) throw new Error('not a plain grey PNG of 16 bits')
    }
    if (name === 'IDAT') packed.push(data)
    if (name === 'IEND') break
    at += length + 12
  }
  const stream = new Blob(packed).stream().pipeThrough(new DecompressionStream('deflate'))
  const rows = new Uint8Array(await new Response(stream).arrayBuffer())
  const line = 2 * width
  if (width === 0 || rows.length !== height * (line + 1)) throw new Error('the PNG ends early')
  const samples = new Uint16Array(width * height)
  let above: Uint8Array = new Uint8Array(line)
  for (let row = 0; row < height; row += 1) {
    const start = row * (line + 1)
    const own = rows.subarray(start + 1, start + 1 + line)
    unfilter(rows[start] as number, own, above)
    for (let column = 0; column < width; column += 1) {
      samples[row * width + column] = ((own[2 * column] as number) << 8) | (own[2 * column + 1] as number)
    }
    above = own
  }
  return { width, height, samples }
}

/** Undoes a row's filter in place; a pixel has two bytes. */
function unfilter(kind: number, own: Uint8Array, above: Uint8Array): void {
  if (kind === 0) return
  for (let at = 0; at < own.length; at += 1) {
    const left = at >= 2 ? (own[at - 2] as number) : 0
    const up = above[at] as number
    const corner = at >= 2 ? (above[at - 2] as number) : 0
    own[at] = (own[at] as number) + guessByte(kind, left, up, corner)
  }
}

function guessByte(kind: number, left: number, up: number, corner: number): number {
  if (kind === 1) return left
  if (kind === 2) return up
  if (kind === 3) return (left + up) >> 1
  const middle = left + up - corner
  const [toLeft, toUp, toCorner] = [Math.abs(middle - left), Math.abs(middle - up), Math.abs(middle - corner)]
  if (toLeft <= toUp && toLeft <= toCorner) return left
  return toUp <= toCorner ? up : corner
}
