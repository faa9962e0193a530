/** An 8-bit grey picture, row-major. */
export interface GreyPicture {
  width: number
  height: number
  data: Uint8Array | Uint8ClampedArray
}

/**
 * How much brighter each pixel is than the mean of the square of `2 * radius + 1` pixels around it, in grey levels,
 * `[height, width]`. The square is cut at the picture's edges. Needs one pass, whatever the radius is (summed areas:
 * Crow, SIGGRAPH 1984).
 */
export function localContrast({ width, height, data }: GreyPicture, radius: number): Int16Array {
  const stride = width + 1
  const sums = new Float64Array(stride * (height + 1))
  for (let y = 0; y < height; y += 1) {
    let row = 0
    for (let x = 0; x < width; x += 1) {
      row += data[y * width + x] as number
      sums[(y + 1) * stride + x + 1] = (sums[y * stride + x + 1] as number) + row
    }
  }
  const contrast = new Int16Array(width * height)
  for (let y = 0; y < height; y += 1) {
    const top = Math.max(0, y - radius) * stride
    const bottom = Math.min(height, y + radius + 1) * stride
    for (let x = 0; x < width; x += 1) {
      const left = Math.max(0, x - radius)
      const right = Math.min(width, x + radius + 1)
      const area = ((bottom - top) / stride) * (right - left)
      const sum =
        (sums[bottom + right] as number) -
        (sums[bottom + left] as number) -
        (sums[top + right] as number) +
        (sums[top + left] as number)
      contrast[y * width + x] = (data[y * width + x] as number) - sum / area
    }
  }
  return contrast
}
