import { crc32, deflateSync } from 'node:zlib'
import type { Colour } from './class-colours.ts'

export const PNG_SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)

/**
 * A grey PNG whose samples are the values themselves. `values`: `[height, width]` row-major, 0..255 at 8 bits, 0..65535
 * at 16. Source: PNG specification, third edition.
 */
export function writePng(values: ArrayLike<number>, { width, height }: Extent, bits: 8 | 16): Uint8Array {
  return encode(values, { width, height }, { bits, colourType: 0, palette: [] })
}

/** A palette PNG: `values` 0..255 are places in `colours`, at most 256. */
export function writePalettePng(values: ArrayLike<number>, extent: Extent, colours: readonly Colour[]): Uint8Array {
  return encode(values, extent, { bits: 8, colourType: 3, palette: [chunk('PLTE', Uint8Array.from(colours.flat()))] })
}

function encode(
  values: ArrayLike<number>,
  { width, height }: Extent,
  { bits, colourType, palette }: { bits: 8 | 16; colourType: 0 | 3; palette: Uint8Array[] },
): Uint8Array {
  const stride = 1 + width * (bits / 8)
  const lines = new Uint8Array(stride * height)
  for (let row = 0; row < height; row += 1) {
    let at = row * stride + 1
    for (let column = 0; column < width; column += 1) {
      const value = values[row * width + column] ?? 0
      if (bits === 16) lines[at++] = value >> 8
      lines[at++] = value & 0xff
    }
  }
  const header = new Uint8Array(13)
  const view = new DataView(header.buffer)
  view.setUint32(0, width)
  view.setUint32(4, height)
  header[8] = bits
  header[9] = colourType
  return Buffer.concat([
    PNG_SIGNATURE,
    chunk('IHDR', header),
    ...palette,
    chunk('IDAT', deflateSync(lines, { level: 6 })),
    chunk('IEND', new Uint8Array(0)),
  ])
}

export interface Extent {
  width: number
  height: number
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + data.length)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, data.length)
  bytes.set(new TextEncoder().encode(type), 4)
  bytes.set(data, 8)
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)))
  return bytes
}
