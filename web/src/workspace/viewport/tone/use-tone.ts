import { useMemo } from 'react'
import type { LoadedFrame } from '../frames/loaded-frame.ts'
import type { Adjustment } from './adjustment.ts'
import { type Tone, toneOf } from './tone.ts'

/** The shades of a frame; the very same object until they change. */
export function useTone(frame: LoadedFrame | null, adjustment: Adjustment): Tone | null {
  return useMemo(() => frame && toneOf(frame.grid, adjustment), [frame, adjustment])
}
