export type PictureFormat = 'dicom' | 'png' | 'jpeg' | 'webp' | 'tiff' | 'bmp' | 'gif'

const MAGIC: [PictureFormat, number, string][] = [
  ['dicom', 128, 'DICM'],
  ['png', 0, '\x89PNG\r\n\x1a\n'],
  ['jpeg', 0, '\xff\xd8\xff'],
  ['webp', 8, 'WEBP'],
  ['tiff', 0, 'II*\0'],
  ['tiff', 0, 'MM\0*'],
  ['tiff', 0, 'II+\0'],
  ['tiff', 0, 'MM\0+'],
  ['gif', 0, 'GIF8'],
  ['bmp', 0, 'BM'],
]

/** The format by the first bytes, whatever the file's name says; null when none fits. */
export function recogniseFormat(bytes: Uint8Array): PictureFormat | null {
  const found = MAGIC.find(([, at, magic]) =>
    [...magic].every((letter, index) => bytes[at + index] === letter.charCodeAt(0)),
  )
  return found?.[0] ?? null
}
