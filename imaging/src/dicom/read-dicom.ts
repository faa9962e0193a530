import { inflate } from '../inflate.ts'
import { PictureError } from '../picture-error.ts'
import { DataSet, type Encoding } from './data-set.ts'
import { readDataSet } from './read-data-set.ts'
import { TAG } from './tags.ts'
import { TRANSFER_SYNTAXES, type TransferSyntax } from './transfer-syntax.ts'

/** A DICOM file: `meta` is its group 2 (empty where the file has none). */
export interface DicomFile {
  meta: DataSet
  dataSet: DataSet
  transferSyntax: TransferSyntax
  /** Null where the file does not state it and the layout was recognised from the bytes. */
  transferSyntaxUid: string | null
  /** Where reading stopped, counted from the first byte of the file; null where the file is deflated. */
  stoppedAt: number | null
}

const PREAMBLE = 128
const EXPLICIT: Encoding = { isExplicit: true, isLittleEndian: true }
const META_GROUP = 2
const MAX_TRAILING = 9
const MAX_FIRST_ELEMENT = 0x60
const MAX_FIRST_LENGTH = 1024
/** Those that attributes at the beginning of groups 2 and 8 have. */
const REPRESENTATIONS = new Set(['UL', 'OB', 'UI', 'SH', 'CS', 'LO', 'DA', 'DT', 'TM', 'AE', 'SQ', 'UN', 'LT', 'ST'])

/** Whether the bytes begin as a DICOM file does, with or without preamble. */
export function isDicom(bytes: Uint8Array): boolean {
  return hasMagic(bytes) || beginsAsDataSet(bytes)
}

/**
 * A file without the magic word begins with a short attribute of group 2 or 8: that, and a representation that exists
 * where one stands, keeps other files from being taken for DICOM.
 */
function beginsAsDataSet(bytes: Uint8Array): boolean {
  const encoding = recogniseEncoding(bytes, 0)
  if (!encoding) return false
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const { isLittleEndian, isExplicit } = encoding
  const [group, element] = [view.getUint16(0, isLittleEndian), view.getUint16(2, isLittleEndian)]
  if ((group !== 2 && group !== 8) || element > MAX_FIRST_ELEMENT) return false
  if (isExplicit) return REPRESENTATIONS.has(String.fromCharCode(bytes[4] ?? 0, bytes[5] ?? 0))
  const length = view.getUint32(4, true)
  return length % 2 === 0 && length <= MAX_FIRST_LENGTH
}

/**
 * Reads a DICOM file: with or without preamble and group 2, in any standard byte layout, deflated too (at most
 * `maxBytes` when unpacked). Throws PictureError. Source: DICOM PS3.10 section 7.1, PS3.5 annex A.
 */
export async function readDicom(bytes: Uint8Array, maxBytes: number): Promise<DicomFile> {
  const start = readStart(bytes)
  const body = start.stated?.isDeflated ? await inflateBody(bytes.subarray(start.end), maxBytes) : undefined
  return readBody(bytes, start, { body })
}

/** As `readDicom`, at once, and up to the pixels only where these do not matter; `inflate` opens deflated files. */
export function readDicomNow(
  bytes: Uint8Array,
  { before, inflate: open }: { before?: number; inflate?: (deflated: Uint8Array) => Uint8Array } = {},
): DicomFile {
  const start = readStart(bytes)
  if (!start.stated?.isDeflated) return readBody(bytes, start, { before })
  if (!open) throw new PictureError('unsupported', 'the file is deflated')
  return readBody(bytes, start, { before, body: open(bytes.subarray(start.end)) })
}

interface Start {
  meta: DataSet
  end: number
  transferSyntaxUid: string | null
  stated: TransferSyntax | null
}

function readStart(bytes: Uint8Array): Start {
  const start = hasMagic(bytes) ? PREAMBLE + 4 : 0
  const metaEncoding = recogniseEncoding(bytes, start)
  if (!metaEncoding) throw new PictureError('damaged', 'not a DICOM file')
  const { meta, end } = readMeta(bytes, start, metaEncoding)
  const transferSyntaxUid = meta.text(TAG.transferSyntax)
  const stated = transferSyntaxUid === null ? null : TRANSFER_SYNTAXES.get(transferSyntaxUid)
  if (stated === undefined) throw new PictureError('unsupported', 'the transfer syntax is not supported')
  return { meta, end, transferSyntaxUid, stated }
}

function readBody(
  bytes: Uint8Array,
  { meta, end, transferSyntaxUid, stated }: Start,
  { body = bytes.subarray(end), before }: { body?: Uint8Array | undefined; before?: number | undefined },
): DicomFile {
  const encoding = recogniseEncoding(body, 0) ?? stated?.encoding
  if (!encoding) throw new PictureError('damaged', 'no attributes follow the file header')
  const { dataSet, end: stop } = readDataSet(body, encoding, { before })
  const transferSyntax = { ...(stated ?? { pixels: 'native' as const }), encoding }
  return { meta, dataSet, transferSyntax, transferSyntaxUid, stoppedAt: stated?.isDeflated ? null : end + stop }
}

/** A stream is followed by at most a padding zero and a checksum with size; the decompressor refuses what follows. */
async function inflateBody(body: Uint8Array, maxBytes: number): Promise<Uint8Array> {
  for (let trailing = 0; ; trailing += 1) {
    try {
      return await inflate(body.subarray(0, body.length - trailing), 'deflate-raw', maxBytes)
    } catch (error) {
      const isDamaged = error instanceof PictureError && error.kind === 'damaged'
      if (!isDamaged || trailing === MAX_TRAILING) throw error
    }
  }
}

function readMeta(bytes: Uint8Array, start: number, encoding: Encoding): { meta: DataSet; end: number } {
  const isMeta = bytes[start] === 2 && bytes[start + 1] === 0
  if (!isMeta) return { meta: new DataSet(EXPLICIT), end: start }
  const { dataSet, end } = readDataSet(bytes, encoding, { start, onlyGroup: META_GROUP })
  return { meta: dataSet, end }
}

function hasMagic(bytes: Uint8Array): boolean {
  return String.fromCharCode(...bytes.subarray(PREAMBLE, PREAMBLE + 4)) === 'DICM'
}

/**
 * Byte order by the first group number, which is small (2, 8, …), and explicit form by two capital letters where the
 * representation stands. A file's own statement is not enough: some state explicit and write implicit.
 */
function recogniseEncoding(bytes: Uint8Array, start: number): Encoding | null {
  if (bytes.length < start + 8) return null
  const [low = 0, high = 0] = bytes.subarray(start, start + 2)
  const isLittleEndian = high === 0 && low > 0 && low < 0x30
  const isBigEndian = low === 0 && high > 0 && high < 0x30
  if (!isLittleEndian && !isBigEndian) return null
  const isExplicit = [4, 5].every((offset) => isCapital(bytes[start + offset] ?? 0))
  if (!isExplicit && isBigEndian) return null
  return { isExplicit, isLittleEndian }
}

const isCapital = (code: number) => code >= 0x41 && code <= 0x5a
