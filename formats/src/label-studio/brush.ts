import { RleError } from '@vesalius/contracts'
import { windowToRle } from '../mask/runs.ts'

/**
 * Label Studio's brush masks: the RGBA bytes of the picture, row by row, in packed runs. After 32 bits of length, 5 of word
 * size and four times 4 of how wide a run's length is, each run is one bit (repeated or not), two bits (which width), its
 * length less one, and its value or values. A pixel belongs to the mask when its alpha is not 0.
 * Source: HumanSignal/label-studio-sdk, converter/brush.py.
 */
const WIDTHS = [3, 4, 8, 16] as const
const MOST_PIXELS = 2 ** 28

/** `mask`: `[height, width]` row-major, bytes; those other than 0 belong to it. */
export function writeBrush(mask: Uint8Array): number[] {
  const bits = new BitWriter()
  bits.write(mask.length * 4, 32)
  bits.write(7, 5)
  for (const width of WIDTHS) bits.write(width - 1, 4)
  for (let at = 0; at < mask.length; ) {
    const value = mask[at] === 0 ? 0 : 255
    let end = at + 1
    while (end < mask.length && (mask[end] === 0 ? 0 : 255) === value) end += 1
    for (let left = (end - at) * 4; left > 0; ) {
      const length = Math.min(left, 2 ** 16)
      const which = WIDTHS.findIndex((width) => length <= 2 ** width)
      bits.write(1, 1)
      bits.write(which, 2)
      bits.write(length - 1, WIDTHS[which] ?? 16)
      bits.write(value, 8)
      left -= length
    }
    at = end
  }
  return bits.bytes()
}

/** The mask as run-length text. Throws RleError when the runs do not fill `[height, width]`. */
export function readBrush(bytes: readonly number[], size: readonly [number, number]): string {
  const [height, width] = size
  if (height * width > MOST_PIXELS) throw new RleError('the mask is too large')
  const bits = new BitReader(bytes)
  const length = bits.read(32)
  if (length !== height * width * 4) throw new RleError('the brush mask has another size than the image')
  const wordSize = bits.read(5) + 1
  const widths = WIDTHS.map(() => bits.read(4) + 1)
  const data = new Uint8Array(height * width)
  for (let at = 0; at < length; ) {
    const isRepeated = bits.read(1) === 1
    const end = at + 1 + bits.read(widths[bits.read(2)] ?? 16)
    if (end > length) throw new RleError('the runs of the brush mask do not fit its size')
    let value = isRepeated ? bits.read(wordSize) : 0
    for (; at < end; at += 1) {
      if (!isRepeated) value = bits.read(wordSize)
      if (at % 4 === 3 && value !== 0) data[at >> 2] = 1
    }
  }
  return windowToRle({ left: 0, top: 0, right: width, bottom: height, data }, size)
}

class BitWriter {
  readonly #bytes: number[] = []
  #open = 0
  #count = 0

  write(value: number, width: number): void {
    for (let bit = width - 1; bit >= 0; bit -= 1) {
      this.#open = (this.#open << 1) | (Math.floor(value / 2 ** bit) & 1)
      this.#count += 1
      if (this.#count < 8) continue
      this.#bytes.push(this.#open)
      this.#open = 0
      this.#count = 0
    }
  }

  bytes(): number[] {
    return this.#count === 0 ? this.#bytes : [...this.#bytes, this.#open << (8 - this.#count)]
  }
}

class BitReader {
  readonly #bytes: readonly number[]
  #at = 0

  constructor(bytes: readonly number[]) {
    this.#bytes = bytes
  }

  read(width: number): number {
    if (this.#at + width > this.#bytes.length * 8) throw new RleError('the brush mask is cut off')
    let value = 0
    for (let bit = 0; bit < width; bit += 1) {
      value = value * 2 + (((this.#bytes[this.#at >> 3] ?? 0) >> (7 - (this.#at & 7))) & 1)
      this.#at += 1
    }
    return value
  }
}
