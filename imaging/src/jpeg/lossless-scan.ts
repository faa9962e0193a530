import { PictureError } from '../picture-error.ts'
import type { ScanContext } from './decode-jpeg.ts'

/**
 * One lossless scan into its planes: each sample is predicted from its left, upper and upper-left neighbours and the
 * difference added modulo 2^16. Source: ITU-T T.81 annex H.
 */
export function decodeLosslessScan(context: ScanContext, planes: Uint16Array[]): void {
  const { header, components, bits, predictor, pointTransform, restartInterval } = context
  const { width, height, precision } = header
  if (predictor < 1 || predictor > 7) throw new PictureError('damaged', `JPEG predictor ${predictor}`)
  if (pointTransform >= precision) throw new PictureError('damaged', `JPEG point transform ${pointTransform}`)
  if (restartInterval % width !== 0) throw new PictureError('damaged', 'JPEG restart within a row')
  const start = 1 << (precision - pointTransform - 1)
  const restartRows = restartInterval / width
  for (let row = 0; row < height; row += 1) {
    const isRestart = restartRows > 0 && row > 0 && row % restartRows === 0
    if (isRestart) bits.restart()
    const isFirst = row === 0 || isRestart
    for (let column = 0; column < width; column += 1) {
      for (const { plane, dc } of components) {
        const samples = planes[plane]
        if (!samples) continue
        const at = row * width + column
        const left = samples[at - 1] ?? 0
        const above = samples[at - width] ?? 0
        let predicted: number
        if (isFirst) predicted = column === 0 ? start : left
        else if (column === 0) predicted = above
        else predicted = predict(predictor, left, above, samples[at - width - 1] ?? 0)
        const size = bits.readSymbol(dc)
        if (size > 16) throw new PictureError('damaged', 'a JPEG difference is too large')
        samples[at] = predicted + (size === 16 ? 32768 : bits.readDifference(size))
      }
    }
  }
  if (pointTransform === 0) return
  for (const { plane } of components) {
    planes[plane]?.forEach((value, at, samples) => {
      samples[at] = value << pointTransform
    })
  }
}

function predict(predictor: number, left: number, above: number, corner: number): number {
  switch (predictor) {
    case 1:
      return left
    case 2:
      return above
    case 3:
      return corner
    case 4:
      return left + above - corner
    case 5:
      return left + ((above - corner) >> 1)
    case 6:
      return above + ((left - corner) >> 1)
    default:
      return (left + above) >> 1
  }
}
