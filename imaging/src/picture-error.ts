/**
 * Why bytes did not become a picture: `damaged`, a variant that is `unsupported`, a size that is `too-large`, or an
 * object that holds `no-image` at all (a plan, a report).
 */
export type PictureProblem = 'damaged' | 'unsupported' | 'too-large' | 'no-image'

/** An expected refusal of a file. The message names facts of the format, never text from the file. */
export class PictureError extends Error {
  readonly kind: PictureProblem

  constructor(kind: PictureProblem, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'PictureError'
    this.kind = kind
  }
}
