import { DataSet, type DicomElement, type Encoding } from '../dicom/data-set.ts'
import { TAG } from '../dicom/tags.ts'
import { asciiBytes } from '../dicom/write-dicom.ts'

export const EXPLICIT: Encoding = { isExplicit: true, isLittleEndian: true }

/** Text elements by tag, words for numbers. */
export type Attributes = Record<number, [vr: string, value: string | number | number[]]>

export const GREY: Attributes = {
  [TAG.sopClass]: ['UI', '1.2.840.10008.5.1.4.1.1.7'],
  [TAG.samplesPerPixel]: ['US', 1],
  [TAG.photometric]: ['CS', 'MONOCHROME2'],
  [TAG.rows]: ['US', 2],
  [TAG.columns]: ['US', 3],
  [TAG.bitsAllocated]: ['US', 16],
  [TAG.bitsStored]: ['US', 12],
  [TAG.highBit]: ['US', 11],
  [TAG.pixelRepresentation]: ['US', 0],
}

export function makeDataSet(attributes: Attributes, encoding: Encoding = EXPLICIT): DataSet {
  const dataSet = new DataSet(encoding)
  for (const [tag, [vr, value]] of Object.entries(attributes)) {
    const bytes = typeof value === 'string' ? asciiBytes(value) : words([value].flat(), encoding)
    dataSet.elements.set(Number(tag), { tag: Number(tag), vr, value: bytes })
  }
  return dataSet
}

/** Adds pixels: plain bytes, or the fragments of compressed frames. */
export function withPixels(dataSet: DataSet, pixels: Uint8Array | Uint8Array[], vr = 'OW'): DataSet {
  const element: DicomElement = Array.isArray(pixels)
    ? { tag: TAG.pixelData, vr: 'OB', value: new Uint8Array(0), fragments: [new Uint8Array(0), ...pixels] }
    : { tag: TAG.pixelData, vr, value: pixels }
  dataSet.elements.set(TAG.pixelData, element)
  return dataSet
}

export function words(values: number[], { isLittleEndian }: Encoding = EXPLICIT): Uint8Array {
  const bytes = new Uint8Array(values.length * 2)
  const view = new DataView(bytes.buffer)
  values.forEach((value, index) => {
    view.setUint16(index * 2, value & 0xffff, isLittleEndian)
  })
  return bytes
}
