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

/** A slice of a study, with everything that names it. */
export function sliceDicom({
  study = '1.2.3',
  series = 1,
  number = 1,
  patient = 'P-1',
  name = 'Doe^Jane',
  date = '20240131',
  modality = 'CT',
} = {}): Buffer {
  return greyDicom({
    width: 8,
    height: 6,
    more: {
      524310: ['UI', '1.2.840.10008.5.1.4.1.1.2'],
      524312: ['UI', `${study}.${series}.${number}`],
      524320: ['DA', date],
      524368: ['SH', `A-${study}`],
      524384: ['CS', modality],
      528432: ['LO', 'Chest'],
      528446: ['LO', `Series ${series}`],
      1048592: ['PN', name],
      1048608: ['LO', patient],
      2097165: ['UI', study],
      2097166: ['UI', `${study}.${series}`],
      2097169: ['IS', String(series)],
      2097171: ['IS', String(number)],
      2097202: ['DS', `0\\0\\${number}`],
      2097207: ['DS', '1\\0\\0\\0\\1\\0'],
      2097234: ['UI', `${study}.9`],
      // Otherwise two slices would be of one content.
      2145386512: ['OW', Array.from({ length: 48 }, (_, at) => at * 10 + number + 100 * series)],
    },
  })
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
