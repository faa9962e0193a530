/** A square grey TIFF of 32-bit floats, `values` repeated over its pixels. Tag numbers: TIFF 6.0, section 8. */
export function encodeFloatTiff(side: number, values: readonly number[]): Uint8Array {
  const count = side * side
  const start = 8 + count * 4
  const tags: [tag: number, type: 3 | 4, value: number][] = [
    [256, 3, side],
    [257, 3, side],
    [258, 3, 32],
    [259, 3, 1],
    [262, 3, 1],
    [273, 4, 8],
    [277, 3, 1],
    [278, 3, side],
    [279, 4, count * 4],
    [339, 3, 3],
  ]
  const bytes = Buffer.alloc(start + 2 + tags.length * 12 + 4)
  bytes.write('II', 0, 'latin1')
  bytes.writeUInt16LE(42, 2)
  bytes.writeUInt32LE(start, 4)
  for (let index = 0; index < count; index += 1) {
    bytes.writeFloatLE(values[index % values.length] ?? 0, 8 + index * 4)
  }
  bytes.writeUInt16LE(tags.length, start)
  tags.forEach(([tag, type, value], index) => {
    const at = start + 2 + index * 12
    bytes.writeUInt16LE(tag, at)
    bytes.writeUInt16LE(type, at + 2)
    bytes.writeUInt32LE(1, at + 4)
    bytes.writeUInt32LE(value, at + 8)
  })
  return new Uint8Array(bytes)
}
