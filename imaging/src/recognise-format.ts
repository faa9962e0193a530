export type PictureFormat = 'dicom' | 'png' | 'jpeg' | 'webp' | 'tiff' | 'bmp' | 'gif'

const LARGEST_BMP_HEADER = 124

/** Each format with every run of bytes that all its files have: offset and content. */
const MAGIC: [PictureFormat, [number, string][]][] = [
  ['dicom', [[128, 'DICM']]],
  ['png', [[0, '\x89PNG\r\n\x1a\n']]],
  ['jpeg', [[0, '\xff\xd8\xff']]],
  [
    'webp',
    [
      [0, 'RIFF'],
      [8, 'WEBP'],
    ],
  ],
  ['tiff', [[0, 'II*\0']]],
  ['tiff', [[0, 'MM\0*']]],
  ['tiff', [[0, 'II+\0']]],
  ['tiff', [[0, 'MM\0+']]],
  ['gif', [[0, 'GIF87a']]],
  ['gif', [[0, 'GIF89a']]],
]

/** The format by the first bytes, whatever the file's name says; null when none fits. */
export function recogniseFormat(bytes: Uint8Array): PictureFormat | null {
  const found = MAGIC.find(([, parts]) => parts.every(([at, magic]) => hasText(bytes, at, magic)))
  if (found) return found[0]
  return isBmp(bytes) ? 'bmp' : null
}

/** Two letters are too few to tell a bitmap from a text: the size of its second header must fit as well. */
function isBmp(bytes: Uint8Array): boolean {
  if (!hasText(bytes, 0, 'BM') || bytes.length < 26) return false
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(14, true) <= LARGEST_BMP_HEADER
}

function hasText(bytes: Uint8Array, at: number, text: string): boolean {
  return [...text].every((letter, index) => bytes[at + index] === letter.charCodeAt(0))
}
