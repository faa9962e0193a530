import { DataSet, type DicomElement } from '@vesalius/imaging'

/** Text, whole numbers or decimals by representation, bytes, or items. */
export type AttributeValue = string | readonly number[] | Uint8Array | readonly DataSet[]
export type Attribute = readonly [tag: number, vr: string, value: AttributeValue]

const ENCODING = { isExplicit: true, isLittleEndian: true }
const WRITERS: Record<string, [bytes: number, set: (view: DataView, at: number, value: number) => void]> = {
  US: [2, (view, at, value) => view.setUint16(at, value, true)],
  UL: [4, (view, at, value) => view.setUint32(at, value, true)],
  FL: [4, (view, at, value) => view.setFloat32(at, value, true)],
  FD: [8, (view, at, value) => view.setFloat64(at, value, true)],
}

/** A data set in explicit little endian; text is UTF-8, so the data set says so where it holds more than ASCII. */
export function dataSetOf(attributes: readonly (Attribute | null)[]): DataSet {
  const dataSet = new DataSet(ENCODING)
  for (const attribute of attributes) {
    if (!attribute) continue
    const [tag, vr, value] = attribute
    dataSet.elements.set(tag, elementOf(tag, vr, value))
  }
  return dataSet
}

function elementOf(tag: number, vr: string, value: AttributeValue): DicomElement {
  if (typeof value === 'string') return { tag, vr, value: new TextEncoder().encode(value) }
  if (value instanceof Uint8Array) return { tag, vr, value }
  if (vr === 'SQ') return { tag, vr, value: new Uint8Array(0), items: value as DataSet[] }
  const numbers = value as readonly number[]
  const writer = WRITERS[vr]
  if (!writer) return { tag, vr, value: new TextEncoder().encode(numbers.map(decimalText).join('\\')) }
  const bytes = new Uint8Array(numbers.length * writer[0])
  const view = new DataView(bytes.buffer)
  for (const [index, number] of numbers.entries()) writer[1](view, index * writer[0], number)
  return { tag, vr, value: bytes }
}

/** At most 16 characters, as a decimal string may have. */
export function decimalText(value: number): string {
  const text = String(value)
  if (text.length <= 16) return text
  for (let digits = 15; digits > 0; digits -= 1) {
    const short = String(Number(value.toPrecision(digits)))
    if (short.length <= 16) return short
  }
  return '0'
}

/** Text by the character set the object names, as far as the platform knows it; ASCII otherwise. */
export function decodeText(bytes: Uint8Array | null, characterSet: string | null): string {
  if (!bytes) return ''
  const [first = ''] = (characterSet ?? '').split('\\').filter((name) => name.trim() !== '')
  const text = new TextDecoder(CHARACTER_SETS[first.trim()] ?? 'latin1').decode(bytes)
  return text.replace(/[\0 ]+$/, '').trim()
}

/** Names of DICOM PS3.3 C.12.1.1.2 by what the Encoding Standard calls them. */
const CHARACTER_SETS: Record<string, string> = {
  'ISO_IR 192': 'utf-8',
  GB18030: 'gb18030',
  GBK: 'gbk',
  'ISO_IR 100': 'latin1',
  'ISO_IR 101': 'iso-8859-2',
  'ISO_IR 109': 'iso-8859-3',
  'ISO_IR 110': 'iso-8859-4',
  'ISO_IR 144': 'iso-8859-5',
  'ISO_IR 127': 'iso-8859-6',
  'ISO_IR 126': 'iso-8859-7',
  'ISO_IR 138': 'iso-8859-8',
  'ISO_IR 148': 'iso-8859-9',
  'ISO_IR 13': 'shift_jis',
  'ISO_IR 166': 'windows-874',
  'ISO 2022 IR 6': 'latin1',
  'ISO 2022 IR 100': 'latin1',
}
