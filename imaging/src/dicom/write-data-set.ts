import { joinBytes } from '../inflate.ts'
import type { DataSet, DicomElement, Encoding } from './data-set.ts'
import { ITEM, ITEM_END, SEQUENCE_END } from './tags.ts'

const LONG_FORM = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'SQ', 'SV', 'UC', 'UN', 'UR', 'UT', 'UV'])
const UNDEFINED = 0xffffffff
const SHORT_LIMIT = 0xffff

/** Attributes to bytes, ascending by tag; values stay in the byte order they have. Source: DICOM PS3.5 section 7. */
export function writeDataSet(dataSet: DataSet, encoding: Encoding = dataSet.encoding): Uint8Array<ArrayBuffer> {
  const chunks: Uint8Array[] = []
  appendElements(chunks, dataSet, encoding)
  return joinBytes(chunks)
}

function appendElements(chunks: Uint8Array[], dataSet: DataSet, encoding: Encoding): void {
  const ordered = [...dataSet.elements.values()].sort((a, b) => a.tag - b.tag)
  for (const element of ordered) appendElement(chunks, element, encoding)
}

function appendElement(chunks: Uint8Array[], element: DicomElement, encoding: Encoding): void {
  if (element.items) {
    chunks.push(header(element.tag, 'SQ', UNDEFINED, encoding))
    for (const item of element.items) {
      chunks.push(delimiter(ITEM, UNDEFINED, encoding))
      appendElements(chunks, item, encoding)
      chunks.push(delimiter(ITEM_END, 0, encoding))
    }
    chunks.push(delimiter(SEQUENCE_END, 0, encoding))
  } else if (element.fragments) {
    chunks.push(header(element.tag, 'OB', UNDEFINED, encoding))
    for (const fragment of element.fragments) {
      chunks.push(delimiter(ITEM, fragment.length + (fragment.length % 2), encoding), ...padded(fragment, 0))
    }
    chunks.push(delimiter(SEQUENCE_END, 0, encoding))
  } else {
    const isBinary = element.vr === 'UI' || element.vr.startsWith('O') || element.vr === 'UN'
    const length = element.value.length + (element.value.length % 2)
    chunks.push(header(element.tag, element.vr, length, encoding), ...padded(element.value, isBinary ? 0 : 0x20))
  }
}

function padded(value: Uint8Array, filler: number): Uint8Array[] {
  return value.length % 2 === 0 ? [value] : [value, Uint8Array.of(filler)]
}

function header(tag: number, vr: string, length: number, encoding: Encoding): Uint8Array {
  if (!encoding.isExplicit) return delimiter(tag, length, encoding)
  const isKnown = /^[A-Z]{2}$/.test(vr) && (LONG_FORM.has(vr) || length <= SHORT_LIMIT)
  const written = isKnown ? vr : 'UN'
  const isLong = LONG_FORM.has(written)
  const bytes = new Uint8Array(isLong ? 12 : 8)
  const view = setTag(bytes, tag, encoding)
  bytes.set([written.charCodeAt(0), written.charCodeAt(1)], 4)
  if (isLong) view.setUint32(8, length, encoding.isLittleEndian)
  else view.setUint16(6, length, encoding.isLittleEndian)
  return bytes
}

function delimiter(tag: number, length: number, encoding: Encoding): Uint8Array {
  const bytes = new Uint8Array(8)
  setTag(bytes, tag, encoding).setUint32(4, length, encoding.isLittleEndian)
  return bytes
}

function setTag(bytes: Uint8Array, tag: number, { isLittleEndian }: Encoding): DataView {
  const view = new DataView(bytes.buffer)
  view.setUint16(0, Math.floor(tag / 0x10000), isLittleEndian)
  view.setUint16(2, tag % 0x10000, isLittleEndian)
  return view
}
