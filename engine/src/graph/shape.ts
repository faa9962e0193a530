/** Dimensions of a tensor, outermost first. */
export type Shape = readonly number[]

export function elementCount(shape: Shape): number {
  return shape.reduce((product, dimension) => product * dimension, 1)
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((dimension, axis) => dimension === b[axis])
}

/** The dimension at `axis`; throws RangeError when the shape has no such axis. */
export function dimensionAt(shape: Shape, axis: number): number {
  const dimension = shape[axis < 0 ? shape.length + axis : axis]
  if (dimension === undefined) throw new RangeError(`shape [${shape.join(', ')}] has no axis ${axis}`)
  return dimension
}

/** Reads a shape of exactly four axes `[batch, channels, height, width]`. */
export function imageShape(shape: Shape): [number, number, number, number] {
  const [batch, channels, height, width] = shape
  if (
    shape.length !== 4 ||
    batch === undefined ||
    channels === undefined ||
    height === undefined ||
    width === undefined
  )
    throw new RangeError(`expected [batch, channels, height, width], got [${shape.join(', ')}]`)
  return [batch, channels, height, width]
}

/** NumPy broadcasting of two shapes; throws RangeError when they do not fit. */
export function broadcastShapes(a: Shape, b: Shape): number[] {
  const rank = Math.max(a.length, b.length)
  return Array.from({ length: rank }, (_, axis) => {
    const left = a[axis - rank + a.length] ?? 1
    const right = b[axis - rank + b.length] ?? 1
    if (left !== right && left !== 1 && right !== 1)
      throw new RangeError(`[${a.join(', ')}] and [${b.join(', ')}] do not broadcast`)
    return left === 1 ? right : left
  })
}
