import { readFile } from 'node:fs/promises'
import { decodeBmp } from '@vesalius/imaging'
import sharp, { type Sharp } from 'sharp'
import type { PictureFormat } from './picture-format.ts'

const LOADERS = ['Png', 'Jpeg', 'Webp', 'Nsgif', 'Tiff']

/** Lets the decoder open the wanted formats only, one thread a picture, nothing cached. */
export function restrictDecoders(): void {
  sharp.block({ operation: ['VipsForeignLoad'] })
  sharp.unblock({ operation: LOADERS.map((name) => `VipsForeignLoad${name}`) })
  sharp.concurrency(1)
  sharp.cache(false)
}

export interface OpenOptions {
  format: PictureFormat
  maxPixels: number
  /** `warning` refuses whatever the decoder remarks on, `error` only what damages the picture. */
  failOn: 'warning' | 'error'
  /** Page of a TIFF, counted from 0. */
  frame?: number
}

/** One frame or page of a picture file, ready to be decoded. */
export async function openPicture(file: string, { format, maxPixels, failOn, frame = 0 }: OpenOptions): Promise<Sharp> {
  if (format === 'bmp') {
    const { data, width, height, channels } = decodeBmp(await readFile(file), maxPixels)
    return sharp(data, { raw: { width, height, channels }, limitInputPixels: maxPixels })
  }
  const page = format === 'tif' ? { page: frame } : {}
  return sharp(file, { limitInputPixels: maxPixels, failOn, sequentialRead: true, ...page })
}
