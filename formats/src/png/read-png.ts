import { crc32, inflateSync } from 'node:zlib'
import { because } from '@vesalius/contracts'
import { FormatError } from '../shape/problems.ts'
import { type Extent, PNG_SIGNATURE } from './write-png.ts'

const MOST_PIXELS = 2 ** 28

/**
 * The sample values of a grey or palette PNG (palette: the index), `[height, width]` row-major. Grey with alpha, colour
 * and interlaced files are refused with FormatError, for their samples are no class numbers.
 */
export function readPng(bytes: Uint8Array): Extent & { values: Uint16Array } {
  if (PNG_SIGNATURE.some((byte, at) => bytes[at] !== byte)) throw new FormatError(because`the file is no PNG`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const parts: Uint8Array[] = []
  let header: Header | null = null
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at)
    const end = at + 8 + length
    if (end + 4 > bytes.length) throw new FormatError(because`the PNG is cut off`)
    if (crc32(bytes.subarray(at + 4, end)) !== view.getUint32(end)) throw new FormatError(because`the PNG is damaged`)
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
    if (type === 'IHDR' && length === 13) header = readHeader(view, at + 8)
    if (type === 'IDAT') parts.push(bytes.subarray(at + 8, end))
    if (type === 'IEND') break
    at = end + 4
  }
  if (!header) throw new FormatError(because`the PNG has no header`)
  return {
    width: header.width,
    height: header.height,
    values: unpack(unfilter(inflate(parts, header), header), header),
  }
}

interface Header extends Extent {
  bits: number
  /** Bytes of a line without its filter byte. */
  stride: number
}

function readHeader(view: DataView, at: number): Header {
  const [width, height, bits] = [view.getUint32(at), view.getUint32(at + 4), view.getUint8(at + 8)]
  const colour = view.getUint8(at + 9)
  if (!(width > 0 && height > 0 && width * height <= MOST_PIXELS)) throw new FormatError(because`the PNG is too large`)
  if (colour !== 0 && colour !== 3) throw new FormatError(because`the PNG is neither grey nor of a palette`)
  if (![1, 2, 4, 8, 16].includes(bits) || (colour === 3 && bits === 16))
    throw new FormatError(because`the PNG is damaged`)
  if (view.getUint8(at + 12) !== 0) throw new FormatError(because`the PNG is interlaced, which masks are not read from`)
  return { width, height, bits, stride: Math.ceil((width * bits) / 8) }
}

function inflate(parts: Uint8Array[], { height, stride }: Header): Uint8Array {
  const wanted = (stride + 1) * height
  try {
    const lines = inflateSync(Buffer.concat(parts), { maxOutputLength: wanted + 1 })
    if (lines.length === wanted) return lines
  } catch (cause) {
    throw new FormatError(because`the PNG cannot be decompressed`, { cause })
  }
  throw new FormatError(because`the PNG holds another number of pixels than it says`)
}

/** Undoes the line filters in place. Source: PNG specification, section 9. */
function unfilter(lines: Uint8Array, { height, stride, bits }: Header): Uint8Array {
  const back = Math.max(1, bits / 8)
  for (let row = 0; row < height; row += 1) {
    const start = row * (stride + 1) + 1
    const filter = lines[start - 1] ?? 0
    if (filter > 4) throw new FormatError(because`the PNG is damaged`)
    for (let at = start; filter > 0 && at < start + stride; at += 1) {
      const left = at - back >= start ? (lines[at - back] ?? 0) : 0
      const up = row > 0 ? (lines[at - stride - 1] ?? 0) : 0
      const corner = row > 0 && at - back >= start ? (lines[at - back - stride - 1] ?? 0) : 0
      const guess = [0, left, up, (left + up) >> 1, filter === 4 ? paeth(left, up, corner) : 0][filter] ?? 0
      lines[at] = (lines[at] ?? 0) + guess
    }
  }
  return lines
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)]
  if (a <= b && a <= c) return left
  return b <= c ? up : corner
}

function unpack(lines: Uint8Array, { width, height, stride, bits }: Header): Uint16Array {
  const values = new Uint16Array(width * height)
  for (let row = 0; row < height; row += 1) {
    const start = row * (stride + 1) + 1
    for (let x = 0; x < width; x += 1) {
      const at = start + ((x * bits) >> 3)
      const byte = lines[at] ?? 0
      if (bits === 16) values[row * width + x] = (byte << 8) | (lines[at + 1] ?? 0)
      else values[row * width + x] = (byte >> (8 - bits - ((x * bits) & 7))) & ((1 << bits) - 1)
    }
  }
  return values
}
