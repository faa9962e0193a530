import type { DataSet, DicomElement } from '@vesalius/imaging'
import { decodeText } from './attributes.ts'

/** Attributes as DICOM JSON writes them, by tag in eight hexadecimal digits. Source: DICOM PS3.18 annex F. */
export type DicomJson = Record<string, DicomJsonElement>

export interface DicomJsonElement {
  vr: string
  Value?: unknown[]
  InlineBinary?: string
}

export interface DicomJsonOptions {
  /** The representation that the dictionary of DICOM gives an attribute; null: it knows none. */
  vrOf: (tag: number) => string | null
  /** Only these attributes of the outermost level. */
  only?: ReadonlySet<number>
  /** Longest binary value that comes along; longer ones are left out. */
  mostBinaryBytes?: number
}

const CHARACTER_SET = 0x00080005
const PIXEL_REPRESENTATION = 0x00280103
const PIXELS = 0x7fe00000
const UTF8 = 'ISO_IR 192'
const MOST_BINARY_BYTES = 64 * 1024
const SINGLE_TEXTS = new Set(['LT', 'ST', 'UT', 'UR'])
const TEXTS = new Set(['AE', 'AS', 'CS', 'DA', 'DT', 'LO', 'SH', 'TM', 'UC', 'UI', ...SINGLE_TEXTS])
/** Of binary values: bytes of a word, which are swapped where the file is big endian. */
const WORDS: Readonly<Record<string, number>> = { OB: 1, UN: 1, OW: 2, OF: 4, OL: 4, OD: 8, OV: 8 }
type ReadNumber = (view: DataView, at: number, isLittle: boolean) => number | string
const NUMBERS: Readonly<Record<string, readonly [bytes: number, read: ReadNumber]>> = {
  US: [2, (view, at, little) => view.getUint16(at, little)],
  SS: [2, (view, at, little) => view.getInt16(at, little)],
  UL: [4, (view, at, little) => view.getUint32(at, little)],
  SL: [4, (view, at, little) => view.getInt32(at, little)],
  FL: [4, (view, at, little) => view.getFloat32(at, little)],
  FD: [8, (view, at, little) => view.getFloat64(at, little)],
  UV: [8, (view, at, little) => shorten(view.getBigUint64(at, little))],
  SV: [8, (view, at, little) => shorten(view.getBigInt64(at, little))],
  AT: [4, (view, at, little) => hexOf(view.getUint16(at, little) * 0x10000 + view.getUint16(at + 2, little))],
}

/** All attributes before the pixels. Text is UTF-8 then, whatever the file was in; group lengths are left out. */
export function toDicomJson(dataSet: DataSet, options: DicomJsonOptions): DicomJson {
  return writeSet(dataSet, { ...options, characterSet: null })
}

type Means = DicomJsonOptions & { characterSet: string | null }

function writeSet(dataSet: DataSet, means: Means): DicomJson {
  const inner = { ...means, characterSet: dataSet.text(CHARACTER_SET) ?? means.characterSet }
  const json: DicomJson = {}
  for (const element of [...dataSet.elements.values()].sort((a, b) => a.tag - b.tag)) {
    const { tag } = element
    if (tag >= PIXELS || tag % 0x10000 === 0 || (means.only && !means.only.has(tag))) continue
    const written = writeElement(element, dataSet, inner)
    if (written) json[hexOf(tag)] = written
  }
  if (json[hexOf(CHARACTER_SET)]) json[hexOf(CHARACTER_SET)] = { vr: 'CS', Value: [UTF8] }
  return json
}

function writeElement(element: DicomElement, dataSet: DataSet, means: Means): DicomJsonElement | null {
  const { only, ...inside } = means
  if (element.items)
    return withValues(
      'SQ',
      element.items.map((item) => writeSet(item, inside)),
    )
  const vr = representationOf(element, dataSet, means)
  const { value } = element
  if (value.length === 0) return { vr }
  if (vr in WORDS) return writeBinary(vr, value, dataSet, means)
  const number = NUMBERS[vr]
  if (number) return withValues(vr, readNumbers(value, number, dataSet.encoding.isLittleEndian))
  const text = decodeText(value, means.characterSet)
  if (vr === 'PN') return withValues(vr, text.split('\\').map(nameOf))
  if (vr === 'DS' || vr === 'IS') return withValues(vr, text.split('\\').map(decimalOf))
  if (SINGLE_TEXTS.has(vr)) return withValues(vr, [text])
  const parts = text.split('\\').map((part) => part.trim() || null)
  return withValues(TEXTS.has(vr) ? vr : 'LO', parts)
}

/** The file's own, or where that says nothing the dictionary's; of two that the dictionary allows, by the sign of the pixels. */
function representationOf({ tag, vr }: DicomElement, dataSet: DataSet, { vrOf }: Means): string {
  if (/^[A-Z]{2}$/.test(vr) && vr !== 'UN') return vr
  const known = vrOf(tag)
  if (!known) return 'UN'
  if (known === 'US or SS') return dataSet.word(PIXEL_REPRESENTATION) === 1 ? 'SS' : 'US'
  return known.includes('OW') ? 'OW' : known.slice(0, 2)
}

function writeBinary(vr: string, value: Uint8Array, { encoding }: DataSet, means: Means): DicomJsonElement | null {
  if (value.length > (means.mostBinaryBytes ?? MOST_BINARY_BYTES)) return null
  const width = WORDS[vr] ?? 1
  const bytes = encoding.isLittleEndian || width === 1 ? value : swapped(value, width)
  return { vr, InlineBinary: Buffer.from(bytes).toString('base64') }
}

function swapped(value: Uint8Array, width: number): Uint8Array {
  const output = value.slice()
  for (let at = 0; at + width <= output.length; at += width) output.subarray(at, at + width).reverse()
  return output
}

function readNumbers(
  value: Uint8Array,
  [width, read]: (typeof NUMBERS)[string] & object,
  isLittle: boolean,
): unknown[] {
  const view = new DataView(value.buffer, value.byteOffset, value.byteLength)
  return Array.from({ length: Math.floor(value.length / width) }, (_, index) => {
    const number = read(view, index * width, isLittle)
    // JSON has no word for what is no number.
    return typeof number === 'number' && !Number.isFinite(number) ? null : number
  })
}

function nameOf(text: string): Record<string, string> | null {
  const [alphabetic = '', ideographic = '', phonetic = ''] = text.split('=').map((part) => part.trim())
  const name = {
    ...(alphabetic ? { Alphabetic: alphabetic } : {}),
    ...(ideographic ? { Ideographic: ideographic } : {}),
    ...(phonetic ? { Phonetic: phonetic } : {}),
  }
  return Object.keys(name).length > 0 ? name : null
}

/** Text that is no number stays text, as the standard allows. */
function decimalOf(text: string): number | string | null {
  const trimmed = text.trim()
  if (trimmed === '') return null
  const number = Number(trimmed)
  return Number.isFinite(number) ? number : trimmed
}

function withValues(vr: string, values: unknown[]): DicomJsonElement {
  return values.every((value) => value === null || value === '') ? { vr } : { vr, Value: values }
}

const hexOf = (tag: number): string => tag.toString(16).padStart(8, '0').toUpperCase()
const shorten = (value: bigint): number | string =>
  value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : String(value)
