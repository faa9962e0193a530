import type { PixelSpacing } from '@vesalius/contracts'
import type { View } from './view.ts'

/** Room a bar may take, in pixels of the page. */
const LONGEST = 160
const STEPS = [5, 2, 1]

/**
 * The longest bar of 1, 2 or 5 times a power of ten millimetres that has room, in pixels of the page, along the page's
 * horizontal; null where pixels are not square and the image is turned so that no bar would be right for it.
 */
export function barLength({ rowMm, columnMm }: Pick<PixelSpacing, 'rowMm' | 'columnMm'>, { scale, turn }: View) {
  const isSquare = Math.abs(rowMm - columnMm) < 1e-6 * columnMm
  if (!isSquare && turn % 90 !== 0) return null
  const mmPerPixel = (isSquare || turn % 180 === 0 ? columnMm : rowMm) / scale
  const room = LONGEST * mmPerPixel
  const power = 10 ** Math.floor(Math.log10(room))
  const mm = (STEPS.find((step) => step * power <= room) ?? 1) * power
  return { mm, pixels: mm / mmPerPixel, micrometres: mm < 0.5 }
}
