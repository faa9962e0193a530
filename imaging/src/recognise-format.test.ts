import { describe, expect, it } from 'vitest'
import { recogniseFormat } from './recognise-format.ts'

function bytesOf(text: string, length = 64): Uint8Array {
  const bytes = new Uint8Array(length)
  bytes.set([...text].map((letter) => letter.charCodeAt(0)))
  return bytes
}

describe('recogniseFormat', () => {
  it.each([
    ['png', '\x89PNG\r\n\x1a\n'],
    ['jpeg', '\xff\xd8\xff\xe0'],
    ['webp', 'RIFF\0\0\0\0WEBPVP8 '],
    ['tiff', 'II*\0'],
    ['tiff', 'MM\0+'],
    ['gif', 'GIF89a'],
    ['bmp', `BM${'\0'.repeat(12)}\x28`],
    ['dicom', `${'\0'.repeat(128)}DICM`],
  ])('tells %s by its first bytes', (format, head) => {
    expect(recogniseFormat(bytesOf(head, 160))).toBe(format)
  })

  it('takes no text that begins with BM for a bitmap', () => {
    expect(recogniseFormat(bytesOf('BMW and other makers of motor cars'))).toBeNull()
  })

  it('takes nothing for WebP or GIF by half of its signature', () => {
    expect(recogniseFormat(bytesOf('........WEBP'))).toBeNull()
    expect(recogniseFormat(bytesOf('GIF8 is not a picture'))).toBeNull()
  })

  it('takes a file that ends inside its signature for none', () => {
    for (const length of [0, 1, 2, 3]) expect(recogniseFormat(bytesOf('', length))).toBeNull()
    expect(recogniseFormat(Uint8Array.of(0x42, 0x4d))).toBeNull()
  })
})
