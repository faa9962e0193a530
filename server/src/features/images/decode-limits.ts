import { DEFAULT_LIMITS, type DecodeLimits } from '@vesalius/imaging'

/** What decoding one file may cost here. */
export function decodeLimits(maxPixels: number): DecodeLimits {
  return { ...DEFAULT_LIMITS, maxPixels: Math.min(maxPixels, DEFAULT_LIMITS.maxPixels) }
}
