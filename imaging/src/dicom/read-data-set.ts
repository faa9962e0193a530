import { PictureError } from '../picture-error.ts'
import { DataSet, type DicomElement, type Encoding } from './data-set.ts'
import { groupOf, ITEM, ITEM_END, nameTag, SEQUENCE_END, TAG } from './tags.ts'

/**
 * Reads the attributes of a DICOM data set without a dictionary. A value of unknown representation that consists of
 * items is taken as a sequence, so implicit files and private sequences can be walked. Lengths, depth and number of
 * attributes are bounded: all of them come from the file. Source: DICOM PS3.5 section 7.
 */

const LONG_FORM = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'SQ', 'SV', 'UC', 'UN', 'UR', 'UT', 'UV'])
const UNDEFINED = 0xffffffff
const MAX_DEPTH = 32
const MAX_ELEMENTS = 1_000_000
const IMPLICIT: Encoding = { isExplicit: false, isLittleEndian: true }

interface Reader {
  bytes: Uint8Array
  view: DataView
  at: number
  left: { elements: number }
}

/**
 * All attributes from `start` on, or those before the first of another group than `onlyGroup`, or before the first at or
 * after the tag `before`; `end` is where reading stopped.
 */
export function readDataSet(
  bytes: Uint8Array,
  encoding: Encoding,
  { start = 0, onlyGroup, before }: { start?: number; onlyGroup?: number; before?: number | undefined } = {},
): { dataSet: DataSet; end: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const reader: Reader = { bytes, view, at: start, left: { elements: MAX_ELEMENTS } }
  const dataSet = readElements(reader, encoding, { end: bytes.length, depth: 0, onlyGroup, before })
  return { dataSet, end: reader.at }
}

interface Span {
  end: number
  depth: number
  onlyGroup?: number | undefined
  before?: number | undefined
}

function readElements(reader: Reader, encoding: Encoding, { end, depth, onlyGroup, before }: Span): DataSet {
  if (depth > MAX_DEPTH) throw new PictureError('damaged', `sequences nested deeper than ${MAX_DEPTH}`)
  const dataSet = new DataSet(encoding)
  while (reader.at + 8 <= end) {
    const tag = readTag(reader, encoding)
    if (onlyGroup !== undefined && groupOf(tag) !== onlyGroup) break
    if (before !== undefined && tag >= before && tag < ITEM) break
    if (tag === ITEM_END || tag === SEQUENCE_END) {
      if (tag === ITEM_END) reader.at += 8
      break
    }
    reader.left.elements -= 1
    if (reader.left.elements < 0) throw new PictureError('too-large', `more than ${MAX_ELEMENTS} attributes`)
    const element = readElement(reader, encoding, { end, depth })
    dataSet.elements.set(element.tag, element)
  }
  return dataSet
}

function readElement(reader: Reader, encoding: Encoding, { end, depth }: Span): DicomElement {
  const { view } = reader
  const little = encoding.isLittleEndian
  const tag = readTag(reader, encoding)
  let vr = 'UN'
  let length: number
  if (encoding.isExplicit) {
    vr = readRepresentation(reader.bytes, reader.at + 4)
    const isLong = LONG_FORM.has(vr)
    if (isLong && reader.at + 12 > end) throw endsEarly(tag)
    length = isLong ? view.getUint32(reader.at + 8, little) : view.getUint16(reader.at + 6, little)
    reader.at += isLong ? 12 : 8
  } else {
    length = view.getUint32(reader.at + 4, little)
    reader.at += 8
  }
  if (length === UNDEFINED) {
    if (tag === TAG.pixelData)
      return { tag, vr, value: new Uint8Array(0), fragments: readFragments(reader, encoding, end) }
    const inner = vr === 'UN' && encoding.isExplicit ? IMPLICIT : encoding
    return { tag, vr: 'SQ', value: new Uint8Array(0), items: readItems(reader, inner, { end, depth }) }
  }
  if (reader.at + length > end) throw endsEarly(tag)
  const start = reader.at
  const stop = start + length
  if (vr === 'SQ') {
    const items = readItems(reader, encoding, { end: stop, depth })
    reader.at = stop
    return { tag, vr, value: new Uint8Array(0), items }
  }
  const items = vr === 'UN' && tag !== TAG.pixelData ? tryItems(reader, encoding, { end: stop, depth }) : null
  reader.at = stop
  return items
    ? { tag, vr: 'SQ', value: new Uint8Array(0), items }
    : { tag, vr, value: reader.bytes.subarray(start, stop) }
}

/** A value of unknown representation as a sequence, when it begins with an item and reads as items to its end. */
function tryItems(reader: Reader, encoding: Encoding, span: Span): DataSet[] | null {
  if (reader.at + 8 > span.end) return null
  const start = reader.at
  for (const candidate of [IMPLICIT, encoding]) {
    reader.at = start
    if (readTag(reader, candidate) !== ITEM) continue
    try {
      const items = readItems(reader, candidate, span)
      if (reader.at === span.end) return items
    } catch (error) {
      if (!(error instanceof PictureError) || error.kind === 'too-large') throw error
    }
  }
  return null
}

function readItems(reader: Reader, encoding: Encoding, { end, depth }: Span): DataSet[] {
  const items: DataSet[] = []
  while (reader.at + 8 <= end) {
    const tag = readTag(reader, encoding)
    const length = reader.view.getUint32(reader.at + 4, encoding.isLittleEndian)
    if (tag === SEQUENCE_END) {
      reader.at += 8
      return items
    }
    if (tag !== ITEM) throw new PictureError('damaged', `${nameTag(tag)} where an item was expected`)
    reader.at += 8
    const stop = length === UNDEFINED ? end : reader.at + length
    if (stop > end) throw endsEarly(tag)
    items.push(readElements(reader, encoding, { end: stop, depth: depth + 1 }))
    if (length !== UNDEFINED) reader.at = stop
  }
  return items
}

function readFragments(reader: Reader, encoding: Encoding, end: number): Uint8Array[] {
  const fragments: Uint8Array[] = []
  while (reader.at + 8 <= end) {
    const tag = readTag(reader, encoding)
    const length = reader.view.getUint32(reader.at + 4, encoding.isLittleEndian)
    reader.at += 8
    if (tag === SEQUENCE_END) return fragments
    if (tag !== ITEM || reader.at + length > end) throw endsEarly(TAG.pixelData)
    fragments.push(reader.bytes.subarray(reader.at, reader.at + length))
    reader.at += length
  }
  return fragments
}

function readTag({ view, at }: Reader, { isLittleEndian }: Encoding): number {
  return view.getUint16(at, isLittleEndian) * 0x10000 + view.getUint16(at + 2, isLittleEndian)
}

/** Two capital letters; `??` (read in the short form) for anything else, as some writers leave blanks or zeros. */
function readRepresentation(bytes: Uint8Array, at: number): string {
  const text = String.fromCharCode(bytes[at] ?? 0, bytes[at + 1] ?? 0)
  return /^[A-Z]{2}$/.test(text) ? text : '??'
}

function endsEarly(tag: number): PictureError {
  return new PictureError('damaged', `the file ends within ${nameTag(tag)}`)
}
