import { readFile } from 'node:fs/promises'
import { findRange, renderFrame } from '@vesalius/imaging'
import { decodeDicom } from '@vesalius/imaging/node'
import sharp, { type ResizeOptions, type Sharp } from 'sharp'
import { decodeLimits } from './decode-limits.ts'
import { openPicture } from './open-picture.ts'
import { asPictureError } from './picture-error.ts'
import type { PreviewFormat, PreviewTask } from './picture-protocol.ts'

/** Longest side any of the encoders takes, with room. */
const MAX_HEIGHT = 16_000

/** Writes a compressed preview: upright, never enlarged, without metadata. Throws PictureError. */
export async function writePreview(task: PreviewTask, maxPixels: number): Promise<void> {
  try {
    const { width, part } = task
    // A part is of the full size, so that its pixels are those of the picture.
    const size = part ? {} : ({ width, height: MAX_HEIGHT, fit: 'inside', withoutEnlargement: true } as const)
    const shown =
      task.format === 'dcm' ? await openDicom(task, size, maxPixels) : await openShown(task, size, maxPixels)
    await encode(part ? shown.extract(part) : shown, task.encoding).toFile(task.target)
  } catch (error) {
    throw asPictureError(error)
  }
}

/** One frame as its source wants it shown. */
async function openDicom({ file, frame }: PreviewTask, size: ResizeOptions, maxPixels: number): Promise<Sharp> {
  return (await openDicomFrame(file, frame, maxPixels)).resize(size)
}

/** One frame of a DICOM file in 8 bits, as its source wants it shown. */
export async function openDicomFrame(file: string, frame: number, maxPixels: number): Promise<Sharp> {
  const picture = await decodeDicom(await readFile(file), decodeLimits(maxPixels))
  const { width, height } = picture
  const { data, channels } = renderFrame(picture, Math.min(frame, picture.frames - 1))
  return sharp(data, { raw: { width, height, channels }, limitInputPixels: maxPixels })
}

async function openShown({ file, format, frame }: PreviewTask, size: ResizeOptions, maxPixels: number): Promise<Sharp> {
  const picture = await openPicture(file, { format, maxPixels, failOn: 'error', frame })
  const { depth } = await picture.metadata()
  const upright = picture.autoOrient().resize(size)
  return depth === 'uchar' ? upright.toColourspace('srgb') : windowToBytes(upright, depth)
}

/**
 * Pictures of more than 8 bits do not say which part of their range matters: it is stretched from the 0.5 % to the
 * 99.5 % quantile to 0..255, as for the model. Samples that are no number become black. Alpha is left out.
 */
export async function windowToBytes(picture: Sharp, depth: string): Promise<Sharp> {
  const isFloating = depth === 'float' || depth === 'double'
  const isGrey = ((await picture.metadata()).channels ?? 1) < 3
  const plain = picture.removeAlpha()
  const coloured = isFloating ? plain : plain.toColourspace(isGrey ? 'grey16' : 'rgb16')
  const { data, info } = await coloured.raw({ depth: 'float' }).toBuffer({ resolveWithObject: true })
  const samples = new Float32Array(data.buffer, data.byteOffset, data.byteLength / Float32Array.BYTES_PER_ELEMENT)
  const { low, high } = findRange(samples)
  const scale = high > low ? 255 / (high - low) : 0
  const bytes = Uint8ClampedArray.from(samples, (value) => (value - low) * scale || 0)
  const { width, height, channels } = info
  return sharp(bytes, { raw: { width, height, channels } })
}

function encode(picture: Sharp, encoding: PreviewFormat): Sharp {
  switch (encoding) {
    case 'webp':
      return picture.webp({ quality: 82, effort: 2 })
    case 'jpeg':
      return picture.flatten({ background: '#000' }).jpeg({ quality: 85 })
    case 'avif':
      return picture.avif({ quality: 60, effort: 2 })
    case 'png':
      return picture.png()
  }
}
