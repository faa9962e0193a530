import type { DisplayWindow } from '../frames/calibration.ts'

/** Brightness 0..255 of a value under a window. Source: DICOM PS3.3 C.11.2.1.2 and C.11.2.1.3. */
export function grade({ center, width, shape }: DisplayWindow): (value: number) => number {
  if (shape === 'sigmoid') return (value) => 255 / (1 + Math.exp((-4 * (value - center)) / width))
  if (shape === 'linear-exact') return (value) => clamp(255 * ((value - center) / width + 0.5))
  const [middle, span] = [center - 0.5, width - 1]
  if (span <= 0) return (value) => (value > middle ? 255 : 0)
  return (value) => clamp(255 * ((value - middle) / span + 0.5))
}

/** The window as a plain ramp of which the middle is half bright; a sigmoid as the ramp that is as steep in its middle. */
export function asLinearWindow({ center, width, shape }: DisplayWindow): { center: number; width: number } {
  if (shape !== 'linear') return { center, width }
  return { center: center - 0.5, width: Math.max(width - 1, 1e-6) }
}

/** What is no number becomes black. */
const clamp = (shade: number): number => (shade > 0 ? Math.min(255, shade) : 0)
