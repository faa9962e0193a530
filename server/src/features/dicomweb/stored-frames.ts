import { buffer } from 'node:stream/consumers'
import { AppError } from '@vesalius/contracts'
import { inflate } from '@vesalius/formats'
import { type DicomFile, groupFragments, PictureError, readDicomNow } from '@vesalius/imaging'
import type { Context } from '../../context.ts'
import { openFrame } from '../images/send-frames.ts'
import { type Acceptable, accepts } from './accept.ts'
import type { FoundInstance } from './instances.queries.ts'
import { readHead } from './read-head.ts'

type Parts = Pick<Context, 'storage' | 'previews' | 'pictures'>

export interface FramePart {
  type: string
  body: Buffer | Uint8Array
}

const PLAIN = '1.2.840.10008.1.2.1'
const OCTETS = 'application/octet-stream'
const TAG = {
  samples: 0x00280002,
  photometric: 0x00280004,
  rows: 0x00280010,
  columns: 0x00280011,
  bitsAllocated: 0x00280100,
  pixels: 0x7fe00010,
}
/** Media types of frames by transfer syntax. Source: DICOM PS3.18 table 8.7.3-5. */
const MEDIA_TYPES: readonly (readonly [RegExp, string])[] = [
  [/^1\.2\.840\.10008\.1\.2\.5$/, 'image/dicom-rle'],
  [/^1\.2\.840\.10008\.1\.2\.4\.(50|51|57|70)$/, 'image/jpeg'],
  [/^1\.2\.840\.10008\.1\.2\.4\.8[01]$/, 'image/jls'],
  [/^1\.2\.840\.10008\.1\.2\.4\.9[01]$/, 'image/jp2'],
  [/^1\.2\.840\.10008\.1\.2\.4\.20[1-3]$/, 'image/jphc'],
]

/**
 * Frames of a file, numbered from 1: uncompressed ones in little endian; compressed ones as stored, or decoded for callers
 * that take nothing else. Throws NOT_FOUND for a frame that there is not, UNSUPPORTED_MEDIA_TYPE where no wanted form exists.
 */
export async function readFrames(
  parts: Parts,
  instance: FoundInstance,
  numbers: readonly number[],
  acceptable: readonly Acceptable[],
): Promise<AsyncGenerator<FramePart>> {
  const { image } = instance
  if (numbers.some((number) => number < 1 || number > image.frames)) {
    throw new AppError('NOT_FOUND', `The instance has ${image.frames} frames, numbered from 1.`)
  }
  const head = await readHead(parts.storage, image.uri)
  if (!head) throw new AppError('NOT_FOUND', 'The file of this image is gone from the storage.')
  const { file } = head
  if (file.transferSyntax.pixels === 'native') {
    if (!accepts(acceptable, OCTETS)) throw notAcceptable()
    return readNative(parts, instance, head, numbers)
  }
  const syntax = file.transferSyntaxUid ?? ''
  const mediaType = MEDIA_TYPES.find(([pattern]) => pattern.test(syntax))?.[1] ?? OCTETS
  const isStored = ({ mediaType: wanted, transferSyntax }: Acceptable) =>
    wanted === '*/*' ||
    wanted === mediaType ||
    (wanted === OCTETS && (transferSyntax === '*' || transferSyntax === syntax))
  if (acceptable.some(isStored)) {
    const type = accepts(acceptable, mediaType) ? mediaType : OCTETS
    return readCompressed(parts, instance, numbers, `${type}; transfer-syntax=${syntax}`)
  }
  if (accepts(acceptable, OCTETS) && isToldBySamples(file)) return readDecoded(parts, instance, file, numbers)
  throw notAcceptable()
}

/** Whether decoded samples are what the attributes say: colours of other models and palettes become others on decoding. */
function isToldBySamples({ dataSet }: DicomFile): boolean {
  return /^(MONOCHROME[12]|RGB)$/.test(dataSet.text(TAG.photometric) ?? '')
}

async function* readNative(
  { storage }: Parts,
  { image }: FoundInstance,
  { file, byteSize }: NonNullable<Awaited<ReturnType<typeof readHead>>>,
  numbers: readonly number[],
): AsyncGenerator<FramePart> {
  const { dataSet } = file
  const bits = dataSet.word(TAG.bitsAllocated) ?? 0
  const samples = dataSet.text(TAG.photometric) === 'YBR_FULL_422' ? 2 : (dataSet.word(TAG.samples) ?? 1)
  const frameBits = (dataSet.word(TAG.rows) ?? 0) * (dataSet.word(TAG.columns) ?? 0) * samples * bits
  if (frameBits % 8 !== 0 && image.frames > 1) throw notAcceptable()
  const length = Math.ceil(frameBits / 8)
  const start = await findPixels(storage, image.uri, file, byteSize, length * image.frames)
  for (const number of numbers) {
    const from = (number - 1) * length
    const bytes =
      typeof start === 'number'
        ? await buffer(storage.stream(image.uri, { start: start + from, end: start + from + length - 1 }))
        : start.subarray(from, from + length)
    const isSwapped = !dataSet.encoding.isLittleEndian && bits > 8
    yield { type: `${OCTETS}; transfer-syntax=${PLAIN}`, body: isSwapped ? swapped(bytes, bits / 8) : bytes }
  }
}

/** Where uncompressed pixels begin in the file, or where that cannot be told, the pixels themselves. */
async function findPixels(
  storage: Parts['storage'],
  uri: string,
  { dataSet, stoppedAt }: DicomFile,
  byteSize: number,
  needed: number,
): Promise<number | Uint8Array> {
  if (stoppedAt !== null && stoppedAt + 12 <= byteSize) {
    const { isLittleEndian, isExplicit } = dataSet.encoding
    const element = await buffer(storage.stream(uri, { start: stoppedAt, end: stoppedAt + 11 }))
    const view = new DataView(element.buffer, element.byteOffset, element.byteLength)
    const tag = view.getUint16(0, isLittleEndian) * 0x10000 + view.getUint16(2, isLittleEndian)
    const length = view.getUint32(isExplicit ? 8 : 4, isLittleEndian)
    const start = stoppedAt + (isExplicit ? 12 : 8)
    if (tag === TAG.pixels && length >= needed && start + needed <= byteSize) return start
  }
  const bytes = (await readWhole(storage, uri)).elements.get(TAG.pixels)?.value
  if (!bytes || bytes.length < needed) throw new AppError('NOT_FOUND', 'The file holds fewer pixels than it says.')
  return bytes
}

async function* readCompressed(
  { storage }: Parts,
  { image }: FoundInstance,
  numbers: readonly number[],
  type: string,
): AsyncGenerator<FramePart> {
  const dataSet = await readWhole(storage, image.uri)
  const streams = groupFragments(dataSet.elements.get(TAG.pixels)?.fragments ?? [], image.frames, null)
  for (const number of numbers) yield { type, body: streams[number - 1] ?? new Uint8Array(0) }
}

/** Of the samples that the viewer of ours shows, in the width that the attributes state. */
async function* readDecoded(
  { storage, previews, pictures }: Parts,
  { image }: FoundInstance,
  { dataSet }: DicomFile,
  numbers: readonly number[],
): AsyncGenerator<FramePart> {
  const bits = dataSet.word(TAG.bitsAllocated) ?? 8
  const path = await previews.get(`${image.content_hash}.frames`, async (target) =>
    pictures.frames({ file: await storage.localFile(image.uri), target }),
  )
  for (const number of numbers) {
    const { facts, stream } = await openFrame(path, number - 1)
    const bytes = await buffer(stream)
    const isNarrow = bits === 16 && (facts.sampleType === 'u8' || facts.sampleType === 'i8')
    const body = isNarrow ? Buffer.from(Uint16Array.from(bytes).buffer) : bytes
    yield { type: `${OCTETS}; transfer-syntax=${PLAIN}`, body }
  }
}

async function readWhole(storage: Parts['storage'], uri: string) {
  try {
    return readDicomNow(await storage.read(uri), { inflate }).dataSet
  } catch (cause) {
    if (!(cause instanceof PictureError)) throw cause
    throw new AppError('UNSUPPORTED_MEDIA_TYPE', 'The frames of this file can only be had as pictures.', {}, { cause })
  }
}

function swapped(bytes: Uint8Array, width: number): Buffer {
  const copy = Buffer.from(bytes)
  return width === 2 ? copy.swap16() : width === 4 ? copy.swap32() : copy.swap64()
}

function notAcceptable(): AppError {
  return new AppError('UNSUPPORTED_MEDIA_TYPE', 'The frames cannot be had in this form. Ask for transfer-syntax=*.')
}
