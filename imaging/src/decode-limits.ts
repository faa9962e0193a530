import { PictureError } from './picture-error.ts'

/** What one file may cost. Sizes in a header come from whoever sent the file, so they are checked before allocating. */
export interface DecodeLimits {
  /** Pixels of one frame. */
  maxPixels: number
  maxFrames: number
  /** Bytes of all decoded samples together. */
  maxBytes: number
}

export const DEFAULT_LIMITS: DecodeLimits = { maxPixels: 300_000_000, maxFrames: 20_000, maxBytes: 2 ** 30 }

export interface PictureExtent {
  width: number
  height: number
  frames: number
  samplesPerPixel: number
  bytesPerSample: number
}

/** Throws PictureError: `damaged` for a size that is no positive whole number, `too-large` beyond a limit. */
export function checkExtent(extent: PictureExtent, limits: DecodeLimits): void {
  for (const [name, value] of Object.entries(extent)) {
    if (!Number.isSafeInteger(value) || value < 1) throw new PictureError('damaged', `${name} is ${value}`)
  }
  const { width, height, frames, samplesPerPixel, bytesPerSample } = extent
  if (width * height > limits.maxPixels) {
    throw new PictureError('too-large', `${width} × ${height} pixels, at most ${limits.maxPixels} are taken`)
  }
  if (frames > limits.maxFrames) {
    throw new PictureError('too-large', `${frames} frames, at most ${limits.maxFrames} are taken`)
  }
  const bytes = width * height * frames * samplesPerPixel * bytesPerSample
  if (bytes > limits.maxBytes) {
    throw new PictureError('too-large', `${bytes} bytes of samples, at most ${limits.maxBytes} are taken`)
  }
}
