import { shadesOf } from '../../viewport/canvas-renderer.ts'
import type { PixelGrid } from '../../viewport/frames/pixel-grid.ts'
import type { Tone } from '../../viewport/tone/tone.ts'
import type { Part } from './picture.ts'

/** `[row, column, 4]`, 0..255: a part of a frame as it is seen. */
export function shadesOfPart(grid: PixelGrid, tone: Tone, part: Part): Uint8ClampedArray {
  const { channels, samples } = grid
  const [width, height] = [part.right - part.left, part.bottom - part.top]
  const own = samples.slice(0, 0).constructor as new (length: number) => typeof samples
  const cut = new own(width * height * channels)
  for (let row = 0; row < height; row += 1) {
    const start = ((row + part.top) * grid.width + part.left) * channels
    cut.set(samples.subarray(start, start + width * channels) as never, row * width * channels)
  }
  return shadesOf({ width, height, channels, samples: cut, facts: grid.facts }, tone)
}
