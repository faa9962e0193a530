import type { FrameFacts } from '@vesalius/contracts'
import { checkExtent, type DecodeLimits } from '../decode-limits.ts'
import { deflate, inflate, joinBytes } from '../inflate.ts'
import { PictureError } from '../picture-error.ts'
import { CHANNELS, type Frames, SAMPLE_ARRAYS } from './frames.ts'

/**
 * The file form of Frames: `VSFRAME1`, the header's length (uint32), a JSON header, then the samples: little endian, or
 * that deflated, where that is wanted and saves anything. Lossless.
 */
const MAGIC = 'VSFRAME1'
const PREFIX = MAGIC.length + 4
const MAX_HEADER = 2 ** 26

type Header = FrameFacts & { packing: 'none' | 'deflate' }

export async function writeFrames(
  { samples, ...header }: Frames,
  { isPacked = true } = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const plain = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength)
  const packed = isPacked ? await deflate(plain, 'deflate') : plain
  const isSmaller = packed.length < plain.length
  const stated: Header = { ...header, packing: isSmaller ? 'deflate' : 'none' }
  const json = new TextEncoder().encode(JSON.stringify(stated))
  const prefix = new Uint8Array(PREFIX)
  prefix.set(new TextEncoder().encode(MAGIC))
  new DataView(prefix.buffer).setUint32(MAGIC.length, json.length, true)
  return joinBytes([prefix, json, isSmaller ? packed : plain])
}

/** Where the samples of a frame file begin, by its first bytes. Throws PictureError `damaged`. */
export function samplesBegin(bytes: Uint8Array): number {
  const isOurs = new TextDecoder('latin1').decode(bytes.subarray(0, MAGIC.length)) === MAGIC
  if (!isOurs || bytes.length < PREFIX) throw new PictureError('damaged', 'not a frame file')
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(MAGIC.length, true)
  if (length > MAX_HEADER) throw new PictureError('damaged', 'the header ends early')
  return PREFIX + length
}

/** The facts of a frame file of which at least the header is given. Throws PictureError `damaged`. */
export function readFrameFacts(bytes: Uint8Array): FrameFacts {
  const { packing: _, ...facts } = readHeader(bytes)
  return facts
}

/** Throws PictureError `damaged` or `too-large`; sizes are checked before anything is allocated. */
export async function readFrames(bytes: Uint8Array, limits: DecodeLimits): Promise<Frames> {
  const { packing, ...header } = readHeader(bytes)
  const ArrayType = SAMPLE_ARRAYS[header.sampleType]
  const channels = CHANNELS[header.colour]
  if (!ArrayType || !channels) throw new PictureError('damaged', 'a frame file of unknown samples')
  const bytesPerSample = ArrayType.BYTES_PER_ELEMENT
  checkExtent({ ...sizeOf(header), samplesPerPixel: channels, bytesPerSample }, limits)
  const size = header.width * header.height * header.frames * channels * bytesPerSample
  const body = bytes.subarray(samplesBegin(bytes))
  const plain = packing === 'deflate' ? await inflate(body, 'deflate', size) : new Uint8Array(body)
  if (plain.length !== size) throw new PictureError('damaged', `${plain.length} bytes of samples, ${size} are stated`)
  return { ...header, samples: new ArrayType(plain.buffer as ArrayBuffer) }
}

function readHeader(bytes: Uint8Array): Header {
  const end = samplesBegin(bytes)
  if (end > bytes.length) throw new PictureError('damaged', 'the header ends early')
  try {
    return JSON.parse(new TextDecoder().decode(bytes.subarray(PREFIX, end)))
  } catch (cause) {
    throw new PictureError('damaged', 'the header of a frame file is damaged', { cause })
  }
}

const sizeOf = ({ width, height, frames }: FrameFacts) => ({ width, height, frames })
