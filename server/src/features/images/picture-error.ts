import type { ErrorCode } from '@vesalius/contracts'
import { BmpError, PictureError as DecodeError, type PictureProblem } from '@vesalius/imaging'

/** Why a file is not taken as a picture, told to the person who sent it. */
export class PictureError extends Error {
  readonly code: ErrorCode

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'PictureError'
    this.code = code
  }
}

/** What the imaging library found, as told to the person; its messages name facts of the format, never text of the file. */
const DECODE_PROBLEMS: Readonly<Record<PictureProblem, { code: ErrorCode; text: string }>> = {
  damaged: { code: 'FILE_DAMAGED', text: 'The file is damaged' },
  unsupported: { code: 'FILE_FORMAT_UNSUPPORTED', text: 'This variant of the format is not supported' },
  'too-large': { code: 'FILE_TOO_MANY_PIXELS', text: 'The picture is too large' },
  'no-image': { code: 'FILE_HAS_NO_IMAGE', text: 'The file holds no image' },
}

export function tooManyPixels(width: number, height: number, maxPixels: number): PictureError {
  const size = `${width} × ${height}`
  const limit = Math.floor(maxPixels / 1e6)
  return new PictureError('FILE_TOO_MANY_PIXELS', `The picture has ${size} pixels; at most ${limit} million are taken.`)
}

/** What a decoder said, in our words. */
export function asPictureError(error: unknown): PictureError {
  if (error instanceof PictureError) return error
  if (error instanceof DecodeError) {
    const { code, text } = DECODE_PROBLEMS[error.kind]
    return new PictureError(code, `${text}: ${error.message}.`, { cause: error })
  }
  if (error instanceof BmpError && error.kind === 'unsupported') {
    return new PictureError('FILE_FORMAT_UNSUPPORTED', 'This kind of bitmap is not supported. Save it as PNG.', {
      cause: error,
    })
  }
  const reason = error instanceof Error ? error.message : ''
  if (/exceeds pixel limit/i.test(reason) || (error instanceof BmpError && error.kind === 'too-large')) {
    return new PictureError('FILE_TOO_MANY_PIXELS', 'The picture has too many pixels.', { cause: error })
  }
  return new PictureError('FILE_DAMAGED', 'The file is damaged: the picture cannot be decoded to its end.', {
    cause: error,
  })
}
