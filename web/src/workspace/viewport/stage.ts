import type { PixelGrid } from './frames/pixel-grid.ts'
import type { Adjustment } from './tone/adjustment.ts'
import type { Size, View } from './view.ts'

/** How the image lies in a room of `width` × `height` pixels of the page, and what it holds. */
export interface Stage extends Size {
  /** `toImage` and `toStage` of `view.ts` lead from one to the other. */
  view: View
  /** The frame or page shown, counted from 0. */
  frame: number
  /** How it is shown; another object as soon as it is shown otherwise. */
  adjustment: Adjustment
  /** The samples of the shown frame at full depth; they are in memory as soon as the frame is seen. */
  readGrid(): Promise<PixelGrid>
  /** The shown frame as it is seen, `data` [row, column, 4] uint8: window, contrast and inversion applied. */
  readShown(): Promise<Size & { data: Uint8ClampedArray }>
}
