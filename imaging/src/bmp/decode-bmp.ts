import { BmpError, type BmpHeader, readBmpHeader } from './bmp-header.ts'

/** `data` is `[row, column, channel]`, row-major, uint8, top row first; one channel when every colour is a grey. */
export interface BmpPicture {
  width: number
  height: number
  channels: 1 | 3
  data: Uint8Array
}

/**
 * Decodes an uncompressed Windows bitmap of 1, 4, 8, 16, 24 or 32 bits a pixel to uint8 samples, 0..255. Alpha is
 * ignored, as most viewers do. Throws BmpError: damaged, a compressed variant, or more than `maxPixels` pixels;
 * nothing is allocated before the size is known to be fine.
 * Source: Microsoft, "Bitmap Storage" (BITMAPFILEHEADER, BITMAPCOREHEADER, BITMAPINFOHEADER, BITMAPV5HEADER).
 */
export function decodeBmp(bytes: Uint8Array, maxPixels: number): BmpPicture {
  const header = readBmpHeader(bytes)
  const { width, height } = header
  if (width * height > maxPixels) throw new BmpError('too-large', `${width} × ${height} pixels`)
  const stride = Math.ceil((width * header.bitsPerPixel) / 32) * 4
  if (header.pixelOffset + stride * height > bytes.length) throw new BmpError('damaged', 'the pixels end early')
  const { palette } = header
  const channels = palette?.every(([red, green, blue]) => red === green && green === blue) ? 1 : 3
  const data = new Uint8Array(width * height * channels)
  const colourAt = palette ? paletteReader(bytes, header, palette) : directReader(bytes, header)
  for (let row = 0; row < height; row += 1) {
    const source = header.pixelOffset + stride * (header.isTopDown ? row : height - 1 - row)
    for (let column = 0; column < width; column += 1) {
      const colour = colourAt(source, column)
      const target = (row * width + column) * channels
      data[target] = colour >>> 16
      if (channels === 3) {
        data[target + 1] = (colour >>> 8) & 255
        data[target + 2] = colour & 255
      }
    }
  }
  return { width, height, channels, data }
}

/** Colour as 0xRRGGBB of a column in the row that starts at byte `source`. */
type ColourReader = (source: number, column: number) => number

function paletteReader(bytes: Uint8Array, header: BmpHeader, palette: [number, number, number][]): ColourReader {
  const bits = header.bitsPerPixel
  const mask = (1 << bits) - 1
  const colours = palette.map(([red, green, blue]) => (red << 16) | (green << 8) | blue)
  return (source, column) => {
    const bit = column * bits
    const index = ((bytes[source + (bit >> 3)] ?? 0) >> (8 - bits - (bit & 7))) & mask
    const colour = colours[index]
    if (colour === undefined) throw new BmpError('damaged', `colour ${index} of ${colours.length}`)
    return colour
  }
}

function directReader(bytes: Uint8Array, header: BmpHeader): ColourReader {
  const size = header.bitsPerPixel / 8
  const [red, green, blue] = header.masks.map(channelReader)
  if (!red || !green || !blue) throw new BmpError('damaged', 'colour masks are missing')
  return (source, column) => {
    const at = source + column * size
    let value = 0
    for (let index = size - 1; index >= 0; index -= 1) value = value * 256 + (bytes[at + index] ?? 0)
    return (red(value) << 16) | (green(value) << 8) | blue(value)
  }
}

/** Takes the bits under a mask and stretches them to 0..255. */
function channelReader(mask: number): (value: number) => number {
  if (mask === 0) return () => 0
  const shift = 31 - Math.clz32(mask & -mask)
  const highest = mask >>> shift
  return (value) => Math.round((((value & mask) >>> shift) / highest) * 255)
}
