import type { DisplayWindow } from '@vesalius/contracts'
import {
  asLinearWindow,
  calibrationOf,
  type FrameStyle,
  fullWindow,
  type ShadeTable,
  shadeTable,
  usualWindow,
} from '@vesalius/imaging'
import { asPicture, type PixelGrid } from '../frames/pixel-grid.ts'
import type { Adjustment, WindowChoice } from './adjustment.ts'

/** What turns samples into what is seen. */
export type Tone =
  | { kind: 'table'; table: ShadeTable }
  /** Samples of which there are too many for a table: shade = clamp(sample · gain + offset), 0..1. */
  | { kind: 'ramp'; gain: number; offset: number; isDark: boolean; padding: { low: number; high: number } | null }
  | { kind: 'colour'; brightness: number; contrast: number; inverted: boolean }

export const isGrey = ({ facts }: Pick<PixelGrid, 'facts'>) => facts.colour !== 'rgb' && facts.colour !== 'rgba'

/** The style of `renderFrame` that shows grey values as chosen. */
export function styleOf(grid: PixelGrid, { window, inverted }: Adjustment): FrameStyle {
  return { window: chosenWindow(grid, window), isInverted: inverted }
}

function chosenWindow(grid: PixelGrid, choice: WindowChoice): DisplayWindow | undefined {
  if (choice.kind === 'manual') return choice.window
  if (choice.kind === 'auto') return windowsOf(grid).full
  const isStated = grid.facts.calibrations.some(
    ({ windows, displayTables }) => windows.length + displayTables.length > 0,
  )
  return isStated || grid.facts.sampleType !== 'u8' ? undefined : WHOLE_BYTE
}

/** A byte is shown as it is where its source says nothing. */
const WHOLE_BYTE: DisplayWindow = { center: 127.5, width: 255, shape: 'linear-exact' }

/** The window in numbers, from which a person goes on. */
export function windowInNumbers(grid: PixelGrid, choice: WindowChoice): DisplayWindow {
  return chosenWindow(grid, choice) ?? windowsOf(grid).usual
}

const found = new WeakMap<PixelGrid, { usual: DisplayWindow; full: DisplayWindow }>()

/** Finding the range looks at a million samples: once for each frame. */
function windowsOf(grid: PixelGrid) {
  const known = found.get(grid)
  if (known) return known
  const picture = asPicture(grid)
  const full = fullWindow(picture)
  const windows = { full, usual: calibrationOf(picture, 0).windows.length > 0 ? usualWindow(picture) : full }
  found.set(grid, windows)
  return windows
}

export function toneOf(grid: PixelGrid, adjustment: Adjustment): Tone {
  if (!isGrey(grid)) {
    const { brightness, contrast, inverted } = adjustment
    return { kind: 'colour', brightness, contrast, inverted }
  }
  const table = shadeTable(asPicture(grid), 0, styleOf(grid, adjustment))
  if (table) return { kind: 'table', table }
  const { center, width } = asLinearWindow(windowInNumbers(grid, adjustment.window))
  const { rescale, padding } = calibrationOf(grid.facts, 0)
  const { slope, intercept } = rescale ?? { slope: 1, intercept: 0 }
  const isDark = (grid.facts.colour === 'grey-inverted') !== adjustment.inverted
  return { kind: 'ramp', gain: slope / width, offset: (intercept - center) / width + 0.5, isDark, padding }
}

/** A byte of one colour as seen, 0..1, in the order of CSS filters: invert, brightness, contrast. */
export function shadeOfColour(byte: number, tone: Extract<Tone, { kind: 'colour' }>): number {
  const start = tone.inverted ? 1 - byte / 255 : byte / 255
  return Math.min(1, Math.max(0, (start * tone.brightness - 0.5) * tone.contrast + 0.5))
}
