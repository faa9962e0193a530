import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { joinBytes } from '../inflate.ts'
import { stripPicture } from './strip-picture.ts'

const FORMATS = ['jpeg', 'png', 'webp', 'tiff'] as const

async function drawPicture(format: (typeof FORMATS)[number], orientation = 6): Promise<Uint8Array> {
  const pixels = Uint8Array.from({ length: 32 * 16 * 3 }, (_, index) => (index * 7) & 255)
  return sharp(pixels, { raw: { width: 32, height: 16, channels: 3 } })
    .toFormat(format)
    .withIccProfile('p3')
    .withExif({ IFD0: { Artist: 'Anna Muster', Copyright: 'Muster Hospital' } })
    .withMetadata({ orientation, exif: { IFD0: { Artist: 'Anna Muster', Copyright: 'Muster Hospital' } } })
    .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><p>Muster</p></x:xmpmeta>')
    .toBuffer()
}

describe('removing metadata of a picture', () => {
  it('leaves no name, and pixels, colour profile and orientation as they were', async () => {
    for (const format of FORMATS) {
      const file = await drawPicture(format)
      expect(Buffer.from(file).toString('latin1')).toMatch(/Muster/)
      const { bytes, removed } = stripPicture(file)
      expect(Buffer.from(bytes).toString('latin1')).not.toMatch(/Muster/)
      expect(removed.length).toBeGreaterThan(0)
      const [before, after] = [await sharp(file).metadata(), await sharp(bytes).metadata()]
      expect(after.autoOrient).toEqual(before.autoOrient)
      expect(after.hasProfile).toBe(before.hasProfile)
      const pixelsOf = (some: Uint8Array) => sharp(some).autoOrient().raw().toBuffer()
      expect(Buffer.compare(await pixelsOf(bytes), await pixelsOf(file))).toBe(0)
    }
  })

  it('cuts what hides behind the end, and changes nothing the second time', async () => {
    for (const format of ['jpeg', 'png', 'webp'] as const) {
      const { bytes } = stripPicture(await drawPicture(format, 1))
      const hiding = joinBytes([bytes, new TextEncoder().encode('hidden: Anna Muster')])
      const again = stripPicture(hiding)
      expect(again.removed).toEqual(['trailing bytes'])
      expect(Buffer.compare(again.bytes, bytes)).toBe(0)
    }
  })

  it('refuses a file that ends early, and kinds it does not know', async () => {
    for (const format of FORMATS) {
      const file = await drawPicture(format)
      expect(() => stripPicture(file.subarray(0, 60))).toThrow(/ends early|outside|missing/)
    }
    expect(() => stripPicture(new TextEncoder().encode('BM'))).toThrow(/cannot be removed/)
  })
})
