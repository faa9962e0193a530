const BASE_MS = 60_000
const PER_IMAGE_MS = 10_000
/** A slow core that also trains looks at a million pixels in about half of it. */
const PER_MEGAPIXEL_MS = 5_000

/** Milliseconds a call for `images` files of `pixels` in all may take before its process counts as stuck. */
export function predictionLimitMs(images: number, pixels: number): number {
  return BASE_MS + images * PER_IMAGE_MS + (pixels / 1e6) * PER_MEGAPIXEL_MS
}
