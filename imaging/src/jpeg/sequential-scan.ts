import { PictureError } from '../picture-error.ts'
import type { ScanContext } from './decode-jpeg.ts'
import { inverseCosine } from './inverse-cosine.ts'

const ZIGZAG = [
  0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
  35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47,
  55, 62, 63,
]

/** One sequential scan of 8 × 8 blocks into its planes. Source: ITU-T T.81 sections F.2.1 and F.2.2. */
export function decodeSequentialScan(context: ScanContext, planes: Uint16Array[]): void {
  const { header, components, bits, restartInterval, quantTables } = context
  const { width, height, precision } = header
  const blocksWide = Math.ceil(width / 8)
  const blocks = blocksWide * Math.ceil(height / 8)
  const last = new Int32Array(planes.length)
  const coefficients = new Int32Array(64)
  const output = new Uint16Array(64)
  for (let block = 0; block < blocks; block += 1) {
    if (restartInterval > 0 && block > 0 && block % restartInterval === 0) {
      bits.restart()
      last.fill(0)
    }
    for (const { component, plane, dc, ac } of components) {
      const quant = quantTables[component.quantTable]
      const samples = planes[plane]
      if (!quant || !ac || !samples) throw new PictureError('damaged', 'a JPEG table is missing')
      coefficients.fill(0)
      last[plane] = (last[plane] ?? 0) + bits.readDifference(Math.min(16, bits.readSymbol(dc)))
      coefficients[0] = (last[plane] ?? 0) * (quant[0] ?? 0)
      for (let index = 1; index < 64; index += 1) {
        const symbol = bits.readSymbol(ac)
        const size = symbol & 15
        if (size === 0 && symbol !== 0xf0) break
        index += symbol >> 4
        if (size === 0) continue
        const value = bits.readDifference(size)
        if (index > 63) throw new PictureError('damaged', 'a JPEG block is too long')
        coefficients[ZIGZAG[index] ?? 0] = value * (quant[index] ?? 0)
      }
      inverseCosine(coefficients, output, precision)
      const top = Math.floor(block / blocksWide) * 8
      const left = (block % blocksWide) * 8
      const rows = Math.min(8, height - top)
      const columns = Math.min(8, width - left)
      for (let row = 0; row < rows; row += 1) {
        samples.set(output.subarray(row * 8, row * 8 + columns), (top + row) * width + left)
      }
    }
  }
}
