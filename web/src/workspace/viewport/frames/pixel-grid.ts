import type { FrameFacts } from '@vesalius/contracts'
import { CHANNELS, type Frames, type Samples } from '@vesalius/imaging'
import type { Size } from '../view.ts'

/**
 * The samples of one frame at full depth, `[row, column, channel]`, as stored in the source: what they mean is told by
 * `facts.calibrations`, of which the first is this frame's.
 */
export interface PixelGrid extends Size {
  channels: 1 | 3 | 4
  readonly samples: Samples
  facts: FrameFacts
}

export function gridOf(facts: FrameFacts, frame: number, samples: Samples): PixelGrid {
  const own = facts.calibrations[frame] ?? facts.calibrations[0]
  const { width, height, colour } = facts
  const calibrations = own ? [own] : []
  return { width, height, channels: CHANNELS[colour], samples, facts: { ...facts, frames: 1, calibrations } }
}

/** The grid as a picture of one frame, for what works on pictures. Samples are read only when they are asked for. */
export function asPicture(grid: PixelGrid): Frames {
  return {
    ...grid.facts,
    get samples() {
      return grid.samples
    },
  }
}

/** Facts of a picture of one byte a sample, about which nothing else is known. */
export function plainFacts({ width, height }: Size, colour: FrameFacts['colour']): FrameFacts {
  return { width, height, frames: 1, colour, sampleType: 'u8', bitsStored: 8, calibrations: [] }
}
