import { PictureError } from '../picture-error.ts'

/** Canonical Huffman codes by length: the largest code, first code and place of its first symbol, for 1..16 bits. */
export interface HuffmanTable {
  /** For each 8 next bits: length × 256 + symbol of the code they begin with, or 0 for longer codes. */
  quick: Uint16Array
  largest: Int32Array
  offset: Int32Array
  symbols: Uint8Array
}

/** `counts[i]` codes of i + 1 bits, `symbols` in order of code. Source: ITU-T T.81 annex C. */
export function buildHuffmanTable(counts: Uint8Array, symbols: Uint8Array): HuffmanTable {
  const largest = new Int32Array(18).fill(-1)
  const offset = new Int32Array(18)
  const quick = new Uint16Array(256)
  let code = 0
  let place = 0
  for (let bits = 1; bits <= 16; bits += 1) {
    const count = counts[bits - 1] ?? 0
    if (code + count > 2 ** bits || place + count > symbols.length) {
      throw new PictureError('damaged', 'a JPEG Huffman table is not a code')
    }
    offset[bits] = place - code
    if (count > 0) largest[bits] = code + count - 1
    for (let index = 0; index < count; index += 1, code += 1, place += 1) {
      if (bits > 8) continue
      const entry = bits * 256 + (symbols[place] ?? 0)
      quick.fill(entry, code << (8 - bits), (code + 1) << (8 - bits))
    }
    code <<= 1
  }
  return { quick, largest, offset, symbols }
}

/** Reads entropy-coded bits; past a marker or the end it gives zeros for a little while, then refuses. */
export class BitReader {
  private readonly bytes: Uint8Array
  private at: number
  private held = 0
  private count = 0
  private missing = 0

  constructor(bytes: Uint8Array, at: number) {
    this.bytes = bytes
    this.at = at
  }

  /** Where the next marker, or unread byte, is. */
  get position(): number {
    return this.at
  }

  private fill(): void {
    while (this.count <= 16) {
      let byte = this.bytes[this.at]
      const isMarker = byte === 0xff && this.bytes[this.at + 1] !== 0
      if (byte === undefined || isMarker) {
        this.missing += 1
        if (this.missing > 8) throw new PictureError('damaged', 'the JPEG data ends early')
        byte = 0
      } else {
        this.at += byte === 0xff ? 2 : 1
      }
      this.held = ((this.held << 8) | byte) & 0xffffff
      this.count += 8
    }
  }

  /** `size` bits (0..16) as a difference: the upper half positive, the lower half negative. */
  readDifference(size: number): number {
    if (size === 0) return 0
    if (this.count < size) this.fill()
    this.count -= size
    const bits = (this.held >>> this.count) & ((1 << size) - 1)
    return bits < 1 << (size - 1) ? bits - (1 << size) + 1 : bits
  }

  readSymbol(table: HuffmanTable): number {
    if (this.count < 16) this.fill()
    const quick = table.quick[(this.held >>> (this.count - 8)) & 255] ?? 0
    if (quick !== 0) {
      this.count -= quick >> 8
      return quick & 255
    }
    for (let bits = 9; bits <= 16; bits += 1) {
      const code = (this.held >>> (this.count - bits)) & ((1 << bits) - 1)
      if (code <= (table.largest[bits] ?? -1)) {
        this.count -= bits
        return table.symbols[code + (table.offset[bits] ?? 0)] ?? 0
      }
    }
    throw new PictureError('damaged', 'a JPEG code is in no table')
  }

  /** Drops what is left before a restart marker and steps over it. */
  restart(): void {
    this.held = 0
    this.count = 0
    this.missing = 0
    const marker = this.bytes[this.at + 1] ?? 0
    if (this.bytes[this.at] !== 0xff || marker < 0xd0 || marker > 0xd7) {
      throw new PictureError('damaged', 'a JPEG restart marker is missing')
    }
    this.at += 2
  }
}
