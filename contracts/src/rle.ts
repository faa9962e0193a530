/**
 * COCO's run-length encoding of masks: runs of background and mask in turns, down the columns, as differences written in
 * characters `0`..`o` of five bits. In memory a mask is row-major; a byte other than 0 belongs to it.
 * Source: cocodataset/cocoapi, maskApi.c, rleToString and rleFrString.
 */

/** `[height, width]` in pixels. */
type Size = readonly [number, number]

/** Columns and rows of a part of a picture; ends are exclusive. */
export interface PixelBox {
  left: number
  top: number
  right: number
  bottom: number
}

/** The text is no run-length encoding of a mask of that size. */
export class RleError extends Error {
  constructor(reason: string) {
    super(reason)
    this.name = 'RleError'
  }
}

const MOST_PIXELS = 2 ** 30
/** Columns read at once: a cache line of bytes. */
const STRIPE = 64

/**
 * Encodes the pixels other than 0, or those equal to `value`. `mask` is `[height, width]` row-major; with `box` only that
 * part is looked at. Throws RleError when the mask does not have that size.
 */
export function encodeRle(
  mask: ArrayLike<number>,
  [height, width]: Size,
  { value = null, box }: { value?: number | null; box?: PixelBox } = {},
): string {
  if (mask.length !== height * width) throw new RleError(`${mask.length} pixels are not ${height} × ${width}`)
  const left = Math.max(0, box?.left ?? 0)
  const right = Math.min(width, box?.right ?? width)
  const top = Math.max(0, box?.top ?? 0)
  const bottom = Math.min(height, box?.bottom ?? height)
  const rows = Math.max(0, bottom - top)
  const stripe = new Uint8Array(STRIPE * rows)
  const counts: number[] = []
  let isInside = 0
  let runStart = 0
  for (let start = left; start < right && rows > 0; start += STRIPE) {
    const columns = Math.min(STRIPE, right - start)
    for (let row = 0; row < rows; row += 1) {
      const from = (top + row) * width + start
      for (let column = 0; column < columns; column += 1) {
        const pixel = mask[from + column] as number
        stripe[column * rows + row] = value === null ? (pixel === 0 ? 0 : 1) : pixel === value ? 1 : 0
      }
    }
    for (let column = 0; column < columns; column += 1) {
      const place = (start + column) * height
      if (isInside && rows < height && runStart < place) {
        // Above and below the box nothing belongs to the mask.
        const end = place - height + bottom
        counts.push(end - runStart)
        runStart = end
        isInside = 0
      }
      for (let row = 0; row < rows; row += 1) {
        if (stripe[column * rows + row] === isInside) continue
        counts.push(place + top + row - runStart)
        runStart = place + top + row
        isInside ^= 1
      }
    }
  }
  if (isInside) {
    const end = (right - 1) * height + bottom
    counts.push(end - runStart)
    runStart = end
  }
  if (runStart < height * width || counts.length === 0) counts.push(height * width - runStart)
  return encodeCounts(counts)
}

/**
 * Encodes a mask by the places where it begins and ends in turns, down the columns: ascending, `column · height + row`,
 * pairs that meet allowed. Throws RleError when a place lies outside.
 */
export function encodeRleEdges(edges: ArrayLike<number>, [height, width]: Size): string {
  const counts: number[] = []
  let last = 0
  for (let index = 0; index < edges.length; index += 1) {
    const edge = edges[index] as number
    if (edge < last || edge > height * width) throw new RleError(`no edge of a mask can be at ${edge}`)
    // A run that begins where the one before it ended goes on.
    if (index > 0 && index % 2 === 0 && edge === last) last -= counts.pop() ?? 0
    else {
      counts.push(edge - last)
      last = edge
    }
  }
  if (last < height * width || counts.length === 0) counts.push(height * width - last)
  return encodeCounts(counts)
}

/** The mask as `[height, width]` row-major bytes 0 and 1. Throws RleError when the text does not fill that size. */
export function decodeRle(text: string, size: Size): Uint8Array {
  const [height, width] = size
  if (height * width > MOST_PIXELS) throw new RleError(`a mask of ${height} × ${width} pixels is too large`)
  const mask = new Uint8Array(height * width)
  paintRle(mask, 1, text, size)
  return mask
}

/** Sets the mask's pixels of `target`, `[height, width]` row-major, to `value`. Returns how many; throws RleError. */
export function paintRle(target: Uint8Array | Int32Array, value: number, text: string, [height, width]: Size): number {
  const counts = decodeCounts(text, height * width)
  let place = 0
  let painted = 0
  counts.forEach((count, index) => {
    if (index % 2 === 1) {
      painted += count
      paintRun(target, value, place, count, height, width)
    }
    place += count
  })
  return painted
}

/** Columns and rows the mask reaches over, ends exclusive; null when it is empty. Throws RleError. */
export function rleBounds(text: string, [height, width]: Size): PixelBox | null {
  const bounds: PixelBox = { left: width, top: height, right: 0, bottom: 0 }
  let place = 0
  decodeCounts(text, height * width).forEach((count, index) => {
    if (index % 2 === 1 && count > 0) {
      const [first, last] = [Math.floor(place / height), Math.floor((place + count - 1) / height)]
      bounds.left = Math.min(bounds.left, first)
      bounds.right = Math.max(bounds.right, last + 1)
      bounds.top = last > first ? 0 : Math.min(bounds.top, place % height)
      bounds.bottom = last > first ? height : Math.max(bounds.bottom, ((place + count - 1) % height) + 1)
    }
    place += count
  })
  return bounds.right > bounds.left ? bounds : null
}

/** How many pixels belong to the mask, without painting it. Throws RleError when the text does not fill that size. */
export function rleArea(text: string, [height, width]: Size): number {
  return decodeCounts(text, height * width).reduce((area, count, index) => (index % 2 === 1 ? area + count : area), 0)
}

/** A mask of a part of a picture as a mask of the whole; `left`, `top`: where the part lies. Throws RleError. */
export function placeRle(
  text: string,
  [height, width]: Size,
  { left, top, size }: { left: number; top: number; size: Size },
): string {
  const edges: number[] = []
  let place = 0
  decodeCounts(text, height * width).forEach((count, index) => {
    const end = place + count
    while (index % 2 === 1 && place < end) {
      const column = Math.floor(place / height)
      const stop = Math.min(end, (column + 1) * height)
      const start = (left + column) * size[0] + top - column * height
      edges.push(start + place, start + stop)
      place = stop
    }
    place = end
  })
  return encodeRleEdges(edges, size)
}

function paintRun(
  target: Uint8Array | Int32Array,
  value: number,
  start: number,
  count: number,
  height: number,
  width: number,
): void {
  let column = Math.floor(start / height)
  let row = start - column * height
  let left = count
  while (left > 0) {
    const rows = Math.min(left, height - row)
    const end = (row + rows) * width + column
    for (let at = row * width + column; at < end; at += width) target[at] = value
    left -= rows
    row = 0
    column += 1
  }
}

/** Lengths of runs, background first, as text. */
export function encodeCounts(counts: readonly number[]): string {
  const codes: string[] = []
  counts.forEach((count, index) => {
    let rest = index > 2 ? count - (counts[index - 2] ?? 0) : count
    let isLast = false
    while (!isLast) {
      const bits = rest & 0x1f
      rest >>= 5
      isLast = bits & 0x10 ? rest === -1 : rest === 0
      codes.push(String.fromCharCode((isLast ? bits : bits | 0x20) + 48))
    }
  })
  return codes.join('')
}

/** Lengths of runs that fill `pixels` exactly. Throws RleError. */
export function decodeCounts(text: string, pixels: number): number[] {
  const counts: number[] = []
  let total = 0
  for (let at = 0; at < text.length; ) {
    let value = 0
    let shift = 0
    let isLast = false
    while (!isLast) {
      const code = text.charCodeAt(at) - 48
      if (!(code >= 0 && code < 64) || shift > 30) throw new RleError('the mask holds a character that is no run')
      value |= (code & 0x1f) << shift
      shift += 5
      at += 1
      isLast = (code & 0x20) === 0
      if (isLast && code & 0x10 && shift < 32) value |= -1 << shift
    }
    if (counts.length > 2) value += counts[counts.length - 2] ?? 0
    total += value
    if (value < 0 || total > pixels) throw new RleError('the runs of the mask do not fit its size')
    counts.push(value)
  }
  if (total !== pixels) throw new RleError(`the runs of the mask fill ${total} of ${pixels} pixels`)
  return counts
}
