import { AppError } from '@vesalius/contracts'
import { isDicom, type PictureFormat as RecognisedFormat, recogniseFormat } from '@vesalius/imaging'
import type { PictureFormat } from '../images/picture-format.ts'

/** How many first bytes of a file tell its format. */
export const SNIFF_BYTES = 1024

const EXTENSIONS: Readonly<Record<RecognisedFormat, PictureFormat>> = {
  png: 'png',
  jpeg: 'jpg',
  gif: 'gif',
  webp: 'webp',
  tiff: 'tif',
  bmp: 'bmp',
  dicom: 'dcm',
}

/** Formats people send that we know but do not take: named in the refusal, so that they know what to do. */
const KNOWN: [string, (head: Buffer) => boolean][] = [
  ['a ZIP archive inside another file', isArchive],
  ['PDF', (head) => text(head, 0, 5) === '%PDF-'],
  ['HEIC or AVIF', (head) => text(head, 4, 8) === 'ftyp'],
  ['JPEG 2000', (head) => text(head, 4, 8) === 'jP  ' || startsWith(head, [0xff, 0x4f, 0xff, 0x51])],
  ['JPEG XL', (head) => startsWith(head, [0xff, 0x0a]) || text(head, 4, 8) === 'JXL '],
  ['Photoshop', (head) => text(head, 0, 4) === '8BPS'],
  ['SVG', (head) => /<svg[\s>]/i.test(text(head, 0, SNIFF_BYTES))],
]

/** The format by content; the name of a file says nothing. Throws AppError when it is none we take. */
export function sniffFormat(head: Buffer): PictureFormat {
  if (head.length === 0) throw new AppError('FILE_EMPTY', 'The file is empty.')
  const format = recogniseFormat(head)
  if (format) return EXTENSIONS[format]
  if (isDicom(head)) return 'dcm'
  const known = KNOWN.find(([, matches]) => matches(head))?.[0]
  if (known) {
    throw new AppError(
      'FILE_FORMAT_UNSUPPORTED',
      `The file is ${known}, which is not supported. Send DICOM, PNG, JPEG, WebP, TIFF, GIF or BMP.`,
    )
  }
  throw new AppError('FILE_NOT_AN_IMAGE', 'The file is not a picture: its content is of no picture format.')
}

/** A zip archive, also an empty one. */
export function isArchive(head: Buffer): boolean {
  return ['PK\x03\x04', 'PK\x05\x06'].includes(text(head, 0, 4))
}

function startsWith(head: Buffer, bytes: number[]): boolean {
  return bytes.every((byte, index) => head[index] === byte)
}

function text(head: Buffer, start: number, end: number): string {
  return head.toString('latin1', start, end)
}
