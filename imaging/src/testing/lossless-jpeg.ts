/** A lossless JPEG (process 14, first-order prediction) of one component, each size class coded in five bits. */
export function writeLosslessJpeg(samples: number[], width: number, precision: number): Uint8Array {
  const height = samples.length / width
  let bits = ''
  samples.forEach((sample, at) => {
    const column = at % width
    const predicted = at === 0 ? 2 ** (precision - 1) : column === 0 ? samples[at - width]! : samples[at - 1]!
    const difference = ((sample - predicted + 0x8000) & 0xffff) - 0x8000
    const size = difference === 0 ? 0 : 32 - Math.clz32(Math.abs(difference))
    const value = difference < 0 ? difference + 2 ** size - 1 : difference
    bits += size.toString(2).padStart(5, '0')
    if (size > 0 && size < 16) bits += value.toString(2).padStart(size, '0')
  })
  const coded = (bits.match(/.{1,8}/g) ?? []).flatMap((byte) => {
    const value = Number.parseInt(byte.padEnd(8, '1'), 2)
    return value === 255 ? [255, 0] : [value]
  })
  const table = [0, 0, 0, 0, 17, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ...Array.from({ length: 17 }, (_, size) => size)]
  return Uint8Array.of(
    ...[0xff, 0xd8, 0xff, 0xc4, 0, 3 + table.length, 0, ...table],
    ...[0xff, 0xc3, 0, 11, precision, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0],
    ...[0xff, 0xda, 0, 8, 1, 1, 0, 1, 0, 0, ...coded, 0xff, 0xd9],
  )
}
