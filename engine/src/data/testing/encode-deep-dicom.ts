type Entry = readonly [tag: number, vr: string, value: string | number | Uint8Array]

/** A DICOM file of 16-bit grey frames in Hounsfield units (slope 2, intercept −1024), explicit little endian. */
export function encodeDeepDicom(width: number, height: number, frames: readonly Uint16Array[]): Uint8Array {
  const pixels = Buffer.concat(frames.map((frame) => Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength)))
  const entries: Entry[] = [
    [0x00080016, 'UI', '1.2.840.10008.5.1.4.1.1.2'],
    [0x00280002, 'US', 1],
    [0x00280004, 'CS', 'MONOCHROME2'],
    [0x00280008, 'IS', String(frames.length)],
    [0x00280010, 'US', height],
    [0x00280011, 'US', width],
    [0x00280100, 'US', 16],
    [0x00280101, 'US', 16],
    [0x00280102, 'US', 15],
    [0x00280103, 'US', 0],
    [0x00281052, 'DS', '-1024'],
    [0x00281053, 'DS', '2'],
    [0x7fe00010, 'OW', pixels],
  ]
  const syntax = encode([0x00020010, 'UI', '1.2.840.10008.1.2.1'])
  return Buffer.concat([Buffer.alloc(128), Buffer.from('DICM'), syntax, ...entries.map(encode)])
}

function encode([tag, vr, value]: Entry): Buffer {
  const bytes = bytesOf(vr, value)
  const head = Buffer.alloc(vr === 'OW' ? 12 : 8)
  head.writeUInt16LE(Math.floor(tag / 0x10000), 0)
  head.writeUInt16LE(tag % 0x10000, 2)
  head.write(vr, 4, 'latin1')
  if (vr === 'OW') head.writeUInt32LE(bytes.length, 8)
  else head.writeUInt16LE(bytes.length, 6)
  return Buffer.concat([head, bytes])
}

function bytesOf(vr: string, value: Entry[2]): Buffer {
  if (value instanceof Uint8Array) return Buffer.from(value)
  if (typeof value === 'number') return Buffer.from(Uint16Array.of(value).buffer)
  const filler = vr === 'UI' ? '\0' : ' '
  return Buffer.from(value.length % 2 === 0 ? value : value + filler, 'latin1')
}
