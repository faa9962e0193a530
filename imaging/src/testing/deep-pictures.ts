import { writeChunk } from '../deidentify/strip-png.ts'
import { deflate, joinBytes } from '../inflate.ts'

/** A grey PNG of 16 bits, rows unfiltered. */
export async function writeDeepPng(samples: Uint16Array, width: number): Promise<Uint8Array> {
  const height = samples.length / width
  const rows = new DataView(new ArrayBuffer(height * (1 + width * 2)))
  samples.forEach((sample, at) => {
    rows.setUint16(Math.floor(at / width) * (1 + width * 2) + 1 + (at % width) * 2, sample)
  })
  const header = new DataView(new ArrayBuffer(13))
  header.setUint32(0, width)
  header.setUint32(4, height)
  header.setUint8(8, 16)
  const data = await deflate(new Uint8Array(rows.buffer), 'deflate')
  return joinBytes([
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    writeChunk('IHDR', new Uint8Array(header.buffer)),
    writeChunk('IDAT', data),
    writeChunk('IEND', new Uint8Array(0)),
  ])
}

/** An uncompressed little endian grey TIFF of one strip. */
export function writeTiff(samples: Uint16Array | Float32Array, width: number): Uint8Array {
  const entries = [
    [256, width],
    [257, samples.length / width],
    [258, samples.BYTES_PER_ELEMENT * 8],
    [259, 1],
    [262, 1],
    [273, 8],
    [277, 1],
    [278, samples.length / width],
    [279, samples.byteLength],
    [339, samples instanceof Float32Array ? 3 : 1],
  ] as const
  const start = 8 + samples.byteLength
  const view = new DataView(new ArrayBuffer(start + 2 + entries.length * 12 + 4))
  view.setUint32(0, 0x49492a00)
  view.setUint32(4, start, true)
  new Uint8Array(view.buffer).set(new Uint8Array(samples.buffer), 8)
  view.setUint16(start, entries.length, true)
  entries.forEach(([tag, value], index) => {
    const at = start + 2 + index * 12
    view.setUint16(at, tag, true)
    view.setUint16(at + 2, 4, true)
    view.setUint32(at + 4, 1, true)
    view.setUint32(at + 8, value, true)
  })
  return new Uint8Array(view.buffer)
}
