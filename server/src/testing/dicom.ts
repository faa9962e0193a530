type Value = string | number[]

/** A DICOM file of 16-bit grey samples, explicit little endian; `more` adds attributes or replaces those of the image. */
export function greyDicom({ width = 4, height = 3, more = {} as Record<number, [string, Value]> } = {}): Buffer {
  const samples = Array.from({ length: width * height }, (_, at) => at * 100)
  const attributes: Record<number, [vr: string, value: Value]> = {
    524310: ['UI', '1.2.840.10008.5.1.4.1.1.7'],
    2621442: ['US', [1]],
    2621444: ['CS', 'MONOCHROME2'],
    2621456: ['US', [height]],
    2621457: ['US', [width]],
    2621488: ['DS', '0.5\\0.25'],
    2621696: ['US', [16]],
    2621697: ['US', [12]],
    2621698: ['US', [11]],
    2621699: ['US', [0]],
    2625616: ['DS', '550.5'],
    2625617: ['DS', '1101'],
    2145386512: ['OW', samples],
    ...more,
  }
  const body = Object.entries(attributes)
    .filter(([, [, value]]) => value.length > 0)
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([tag, [vr, value]]) => element(Number(tag), vr, value))
  const meta = element(0x00020010, 'UI', '1.2.840.10008.1.2.1')
  return Buffer.concat([Buffer.alloc(128), Buffer.from('DICM'), meta, ...body])
}

function element(tag: number, vr: string, value: Value): Buffer {
  const bytes =
    typeof value === 'string'
      ? Buffer.from(value.length % 2 ? `${value}${vr === 'UI' ? '\0' : ' '}` : value, 'latin1')
      : Buffer.from(Uint16Array.from(value).buffer)
  const head = Buffer.alloc(vr === 'OW' ? 12 : 8)
  head.writeUInt16LE(Math.floor(tag / 0x10000), 0)
  head.writeUInt16LE(tag % 0x10000, 2)
  head.write(vr, 4, 'latin1')
  if (vr === 'OW') head.writeUInt32LE(bytes.length, 8)
  else head.writeUInt16LE(bytes.length, 6)
  return Buffer.concat([head, bytes])
}
