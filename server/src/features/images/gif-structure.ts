import { PictureError } from './picture-error.ts'

const EXTENSION = 0x21
const IMAGE = 0x2c
const TRAILER = 0x3b
const HEADER = 6
const SCREEN = 7
const IMAGE_DESCRIPTOR = 9

/**
 * Walks the blocks of a GIF (CompuServe, GIF89a, 1990) and demands at least one image, a trailer, and nothing but
 * zeros behind it. GIF is the one format here that begins with printable text, so a file that is half picture and half
 * script or page is possible; a decoder stops early and does not see the other half. Throws PictureError.
 */
export function checkGifStructure(bytes: Uint8Array): void {
  let at = HEADER + SCREEN
  at += colourTableSize(bytes[HEADER + 4])
  let images = 0
  while (bytes[at] !== TRAILER) {
    if (bytes[at] === EXTENSION) at = skipSubBlocks(bytes, at + 2)
    else if (bytes[at] === IMAGE) {
      const table = colourTableSize(bytes[at + IMAGE_DESCRIPTOR])
      at = skipSubBlocks(bytes, at + 1 + IMAGE_DESCRIPTOR + table + 1)
      images += 1
    } else throw damaged()
  }
  if (images === 0) throw damaged()
  if (bytes.subarray(at + 1).some((byte) => byte !== 0)) {
    throw new PictureError('FILE_DAMAGED', 'The GIF holds something else behind its pictures. Save it again.')
  }
}

function colourTableSize(packed = 0): number {
  return packed & 0x80 ? 3 * 2 ** ((packed & 7) + 1) : 0
}

function skipSubBlocks(bytes: Uint8Array, start: number): number {
  let at = start
  for (;;) {
    const size = bytes[at]
    if (size === undefined) throw damaged()
    at += size + 1
    if (size === 0) return at
  }
}

function damaged(): PictureError {
  return new PictureError('FILE_DAMAGED', 'The file is damaged: its blocks do not form a GIF picture.')
}
