import { PictureError } from '../picture-error.ts'
import { recogniseFormat } from '../recognise-format.ts'
import { stripBmp } from './strip-bmp.ts'
import { stripGif } from './strip-gif.ts'
import { stripJpeg } from './strip-jpeg.ts'
import { stripPng } from './strip-png.ts'
import { stripTiff } from './strip-tiff.ts'
import { stripWebp } from './strip-webp.ts'

export interface StrippedPicture {
  bytes: Uint8Array<ArrayBuffer>
  /** Names of what was removed, such as `exif`, `xmp`, `iptc`, `comment`, `trailing bytes`; each once. */
  removed: string[]
}

/**
 * A picture file without EXIF, XMP, IPTC, comments and hidden trailing bytes. Pixels are not encoded again; colour
 * profile, resolution and orientation stay, as the picture would look different without; of a bitmap the profile goes, as
 * it may be the name of a file. Throws PictureError `unsupported`, or `damaged`.
 */
export function stripPicture(bytes: Uint8Array): StrippedPicture {
  const format = recogniseFormat(bytes)
  const strip = { bmp: stripBmp, gif: stripGif, jpeg: stripJpeg, png: stripPng, webp: stripWebp, tiff: stripTiff }[
    format as 'jpeg'
  ]
  if (!strip) throw new PictureError('unsupported', `metadata of ${format ?? 'this kind of file'} cannot be removed`)
  const { bytes: stripped, removed } = strip(bytes)
  return { bytes: stripped, removed: [...new Set(removed)] }
}
