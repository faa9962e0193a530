import { describe, expect, it } from 'vitest'
import { decodeDeepPng } from './deep-png.ts'

const [width, height] = [4, 5]
const samples = Uint16Array.from({ length: width * height }, (_, at) => (at * 12_345 + 257) % 65_536)

function chunk(name: string, data: Uint8Array): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(data.length)
  head.write(name, 4, 'latin1')
  return Buffer.concat([head, data, Buffer.alloc(4)])
}

/** A PNG whose rows are written with each of the five filters in turn. */
async function encode({ bits = 16 } = {}): Promise<Uint8Array<ArrayBuffer>> {
  const line = 2 * width
  const plain = Buffer.alloc(line * height)
  samples.forEach((sample, at) => void plain.writeUInt16BE(sample, 2 * at))
  const byteAt = (row: number, at: number) => (row < 0 || at < 0 ? 0 : (plain[row * line + at] as number))
  const rows = Array.from({ length: height }, (_, row) => {
    const filtered = Buffer.alloc(line + 1)
    filtered[0] = row
    for (let at = 0; at < line; at += 1) {
      const [left, up, corner] = [byteAt(row, at - 2), byteAt(row - 1, at), byteAt(row - 1, at - 2)]
      const nearest = [left, up, corner].toSorted(
        (a, b) => Math.abs(left + up - corner - a) - Math.abs(left + up - corner - b),
      )
      const guess = [0, left, up, (left + up) >> 1, nearest[0] as number][row] as number
      filtered[at + 1] = byteAt(row, at) - guess
    }
    return filtered
  })
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width)
  header.writeUInt32BE(height, 4)
  header[8] = bits
  const stream = new Blob([Uint8Array.from(Buffer.concat(rows))]).stream().pipeThrough(new CompressionStream('deflate'))
  const packed = new Uint8Array(await new Response(stream).arrayBuffer())
  const parts = [chunk('IHDR', header), chunk('IDAT', packed.subarray(0, 9)), chunk('IDAT', packed.subarray(9))]
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Uint8Array.from(Buffer.concat([signature, ...parts, chunk('IEND', new Uint8Array())]))
}

describe('a grey PNG of 16 bits', () => {
  it('gives back every sample, whatever filters its rows have', async () => {
    expect(await decodeDeepPng(await encode())).toEqual({ width, height, samples })
  })

  it('is refused when it is something else or cut', async () => {
    await expect(decodeDeepPng(await encode({ bits: 8 }))).rejects.toThrow('16 bits')
    await expect(decodeDeepPng((await encode()).subarray(0, 60))).rejects.toThrow()
    await expect(decodeDeepPng(Uint8Array.of(1, 2, 3))).rejects.toThrow('not a PNG')
  })
})
