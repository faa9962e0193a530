import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { DEFAULT_LIMITS } from '../decode-limits.ts'
import { writeDeepPng, writeTiff } from '../testing/deep-pictures.ts'
import { decodePicture } from './decode-picture.ts'

const deep = Uint16Array.from({ length: 12 }, (_, index) => index * 5000)
const raw = { raw: { width: 4, height: 3, channels: 1 } } as const
const decode = (bytes: Uint8Array) => decodePicture(bytes, DEFAULT_LIMITS)

describe('decoding a picture file', () => {
  it('keeps 16 bits of PNG and TIFF', async () => {
    for (const bytes of [await writeDeepPng(deep, 4), writeTiff(deep, 4)]) {
      const picture = await decode(bytes)
      expect(picture).toMatchObject({ width: 4, height: 3, colour: 'grey', sampleType: 'u16' })
      expect([...picture.samples]).toEqual([...deep])
    }
  })

  it('keeps floating point numbers of TIFF, below zero and above one', async () => {
    const values = Float32Array.of(-1000.5, 0, 0.25, 1e6, 3, 4, 5, 6, 7, 8, 9, 10)
    const picture = await decode(writeTiff(values, 4))
    expect(picture).toMatchObject({ sampleType: 'f32', colour: 'grey' })
    expect([...picture.samples]).toEqual([...values])
  })

  it('stands a turned JPEG upright and makes CMYK red, green, blue', async () => {
    const plain = sharp({ create: { width: 8, height: 4, channels: 3, background: 'red' } })
    const turned = await plain.clone().withMetadata({ orientation: 6 }).jpeg().toBuffer()
    expect(await decode(turned)).toMatchObject({ width: 4, height: 8, colour: 'rgb' })
    const cmyk = await plain.clone().toColourspace('cmyk').jpeg().toBuffer()
    expect(await decode(cmyk)).toMatchObject({ colour: 'rgb', sampleType: 'u8' })
  })

  it('refuses what is no picture, damaged, or too large', async () => {
    const png = await sharp(deep, raw).png().toBuffer()
    await expect(decode(new TextEncoder().encode('<svg/>'))).rejects.toMatchObject({ kind: 'unsupported' })
    await expect(decode(png.subarray(0, png.length - 20))).rejects.toMatchObject({ kind: 'damaged' })
    const small = { ...DEFAULT_LIMITS, maxPixels: 11 }
    await expect(decodePicture(png, small)).rejects.toMatchObject({ kind: 'too-large' })
  })
})
