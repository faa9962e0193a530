import { open, readFile } from 'node:fs/promises'
import { inflateRawSync } from 'node:zlib'
import {
  DEFAULT_LIMITS,
  type DicomHeader,
  type Frames,
  isDicom,
  measuredValues,
  PictureError,
  readDicomHeader,
} from '@vesalius/imaging'
import { decodeDicom } from '@vesalius/imaging/node'
import sharp, { type Sharp } from 'sharp'

const HEAD_BYTES = 256 * 1024
const DICOM_NAME = /\.(dcm|dicom)$/i

/** The last file that was decoded: the frames of one file are mostly asked for one after the other. */
let last: { file: string; frames: Promise<Frames> } | null = null

/** Whether a file is DICOM, by its name and its first bytes. */
export async function isDicomFile(file: string): Promise<boolean> {
  if (!DICOM_NAME.test(file)) return false
  return isDicom(await readHead(file, 1024))
}

export async function readDicomFileHeader(file: string): Promise<DicomHeader> {
  try {
    return readDicomHeader(await readHead(file, HEAD_BYTES), inflate)
  } catch (error) {
    if (!(error instanceof PictureError)) throw error
    return readDicomHeader(await readFile(file), inflate)
  }
}

/** One frame as the picture library takes it: measured values of grey frames at full depth, else bytes of colours. */
export async function openDicomFrame(file: string, frame: number): Promise<Sharp> {
  const picture = await decodeOnce(file)
  if (frame >= picture.frames) throw new RangeError(`the file has no frame ${frame + 1}`)
  const { width, height, colour, bitsStored } = picture
  if (colour === 'grey' || colour === 'grey-inverted') {
    const samples = fillSixteenBits(measuredValues(picture, frame))
    return sharp(samples, { raw: { width, height, channels: 1 } })
  }
  const channels = colour === 'rgba' ? 4 : 3
  const length = width * height * channels
  const scale = 255 / (2 ** bitsStored - 1)
  const bytes = Uint8Array.from({ length }, (_, at) =>
    Math.round((picture.samples[frame * length + at] as number) * scale),
  )
  return sharp(bytes, { raw: { width, height, channels } })
}

/** The picture library takes whole numbers from 0 on: 16 bits over the range that is there round nothing of 16 away. */
function fillSixteenBits(values: Float32Array): Uint16Array {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const value of values) {
    if (value < least) least = value
    if (value > most) most = value
  }
  const scale = most > least ? 65_535 / (most - least) : 0
  return Uint16Array.from(values, (value) => Math.round((value - least) * scale))
}

function decodeOnce(file: string): Promise<Frames> {
  if (last?.file === file) return last.frames
  const frames = readFile(file).then((bytes) => decodeDicom(bytes, DEFAULT_LIMITS))
  last = { file, frames }
  frames.catch(() => {
    if (last?.frames === frames) last = null
  })
  return frames
}

async function readHead(file: string, length: number): Promise<Uint8Array> {
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(new Uint8Array(length), 0, length, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

function inflate(deflated: Uint8Array): Uint8Array {
  return inflateRawSync(deflated, { maxOutputLength: DEFAULT_LIMITS.maxBytes })
}
