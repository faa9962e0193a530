import { deflate, joinBytes } from '../inflate.ts'
import { DataSet, type Encoding } from './data-set.ts'
import { TAG } from './tags.ts'
import { TRANSFER_SYNTAXES } from './transfer-syntax.ts'
import { writeDataSet } from './write-data-set.ts'

const EXPLICIT: Encoding = { isExplicit: true, isLittleEndian: true }
const META = { groupLength: 0x00020000, version: 0x00020001, sopClass: 0x00020002, sopInstance: 0x00020003 }
const IMPLEMENTATION = 0x00020012
/** A UID of the form 2.25.<number>, which anyone may make. Source: DICOM PS3.5 section B.2. */
const IMPLEMENTATION_UID = '2.25.236170427364821850573912407184613509277'

/** A complete file: empty preamble, new group 2, the data set in its own encoding. Source: DICOM PS3.10 section 7.1. */
export async function writeDicom(dataSet: DataSet, transferSyntaxUid: string | null): Promise<Uint8Array<ArrayBuffer>> {
  const syntax = transferSyntaxUid ?? plainSyntax(dataSet.encoding)
  const isDeflated = TRANSFER_SYNTAXES.get(syntax)?.isDeflated
  const body = writeDataSet(dataSet)
  return joinFile(writeMeta(dataSet, syntax), isDeflated ? await deflate(body, 'deflate-raw') : body)
}

/** As `writeDicom`, at once and never deflated. */
export function writeDicomNow(dataSet: DataSet): Uint8Array<ArrayBuffer> {
  return joinFile(writeMeta(dataSet, plainSyntax(dataSet.encoding)), writeDataSet(dataSet))
}

function joinFile(meta: Uint8Array, stored: Uint8Array): Uint8Array<ArrayBuffer> {
  const filler = new Uint8Array(stored.length % 2)
  return joinBytes([new Uint8Array(128), asciiBytes('DICM'), meta, stored, filler])
}

function writeMeta(dataSet: DataSet, syntax: string): Uint8Array {
  const meta = new DataSet(EXPLICIT)
  const put = (tag: number, vr: string, value: Uint8Array) => meta.elements.set(tag, { tag, vr, value })
  put(META.version, 'OB', Uint8Array.of(0, 1))
  put(META.sopClass, 'UI', asciiBytes(dataSet.text(TAG.sopClass) ?? ''))
  put(META.sopInstance, 'UI', asciiBytes(dataSet.text(TAG.sopInstance) ?? ''))
  put(TAG.transferSyntax, 'UI', asciiBytes(syntax))
  put(IMPLEMENTATION, 'UI', asciiBytes(IMPLEMENTATION_UID))
  const length = new Uint8Array(4)
  new DataView(length.buffer).setUint32(0, writeDataSet(meta).length, true)
  put(META.groupLength, 'UL', length)
  return writeDataSet(meta)
}

export const asciiBytes = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0) & 127)

function plainSyntax({ isExplicit, isLittleEndian }: Encoding): string {
  if (!isExplicit) return '1.2.840.10008.1.2'
  return isLittleEndian ? '1.2.840.10008.1.2.1' : '1.2.840.10008.1.2.2'
}
