import type { FrameFacts } from '@vesalius/contracts'
import type { LoadedFrame } from './frames/loaded-frame.ts'
import type { Part } from './tiles/pyramid.ts'

/** Something to draw, and which part of the image it covers. */
export interface Layer {
  frame: LoadedFrame
  part: Part
}

/** Where single pixels are read. */
export interface PixelSource {
  facts: FrameFacts
  /** Whether values are those of the source; those of tiles of lossy compression are nearly so. */
  isExact: boolean
  /** One for each channel; null where the pixel is not in memory. */
  samplesAt(x: number, y: number): number[] | null
}
