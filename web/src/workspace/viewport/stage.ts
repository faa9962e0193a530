import type { PixelScene } from '../marks/pixels/scene.ts'
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
  /** What tools look at that have to see its pixels; null while nothing is shown. */
  getScene(): PixelScene | null
}
