import type { DisplayWindow } from '@vesalius/contracts'

/** How grey values become shades. It is kept from image to image: `usual` and `auto` are found anew for each. */
export type WindowChoice =
  /** As the file says: its first window or table, else nearly the whole range. */
  | { kind: 'usual' }
  /** Nearly the whole range, whatever the file says. */
  | { kind: 'auto' }
  /** In the unit of the rescaled samples. */
  | { kind: 'manual'; window: DisplayWindow }

/** How an image is shown, never how it is stored. Brightness and contrast of colours are factors, 1 leaves as it is. */
export interface Adjustment {
  window: WindowChoice
  brightness: number
  contrast: number
  inverted: boolean
  /** Whether enlarged pixels run into each other; the marks never do. */
  isSmooth: boolean
}
export const NO_ADJUSTMENT: Adjustment = {
  window: { kind: 'usual' },
  brightness: 1,
  contrast: 1,
  inverted: false,
  isSmooth: false,
}

/** Of brightness and contrast. */
export const FACTORS = { min: 0.3, max: 3 }
const withinFactor = (value: number) => Math.min(FACTORS.max, Math.max(FACTORS.min, value))

/** As a pointer dragged by so many pixels of the page changes colours: up is brighter, right is more contrast. */
export function dragColours(start: Adjustment, dx: number, dy: number): Adjustment {
  return {
    ...start,
    brightness: withinFactor(start.brightness * 1.004 ** -dy),
    contrast: withinFactor(start.contrast * 1.004 ** dx),
  }
}

/** As a pointer dragged changes a window: right makes it wider, up makes the picture brighter. `range`: of the values. */
export function dragWindow({ center, width, shape }: DisplayWindow, range: number, dx: number, dy: number) {
  const step = Math.max(range, width) / 800
  const least = Math.min(1, range / 65_536)
  return {
    kind: 'manual',
    window: { center: center + dy * step, width: Math.max(least, width * 1.005 ** dx), shape },
  } as const
}
