import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, describe, expect, it } from 'vitest'
import { decodeImage, readImageHeader, UnreadableImageError } from './decode-image.ts'
import { choosePictureFormat } from './picture-format.ts'

const folder = mkdtempSync(join(tmpdir(), 'decode-image-'))
afterAll(() => rmSync(folder, { recursive: true }))

async function writePng(name: string, width: number, height: number, colour: { r: number; g: number; b: number }) {
  const file = join(folder, name)
  await sharp({ create: { width, height, channels: 3, background: colour } })
    .png()
    .toFile(file)
  return file
}

describe('decoding an image for a network', () => {
  it('keeps the shape of what is shown and repeats the edge around it', async () => {
    const width = 40
    const height = 20
    const pixels = Buffer.alloc(width * height).fill(50)
    for (let row = 5; row < 15; row += 1) pixels.fill(200, row * width + 15, row * width + 25)
    const file = join(folder, 'square-in-landscape.png')
    await sharp(pixels, { raw: { width, height, channels: 1 } })
      .toColourspace('b-w')
      .png()
      .toFile(file)
    const decoded = await decodeImage(file, { size: 40, channels: 1 })
    const bright = Array.from(decoded.keys()).filter((at) => decoded[at]! > 125)
    const columns = new Set(bright.map((at) => at % 40)).size
    const rows = new Set(bright.map((at) => Math.floor(at / 40))).size
    expect(columns).toBe(10)
    expect(rows).toBe(10)
    expect(decoded[0]).toBe(50)
  })

  it('gives colours to a colour network and one grey to a grey one', async () => {
    const file = await writePng('blue.png', 20, 20, { r: 10, g: 20, b: 200 })
    expect([...(await decodeImage(file, { size: 16, channels: 3 })).subarray(0, 3)]).toEqual([10, 20, 200])
    expect(await decodeImage(file, { size: 16, channels: 1 })).toHaveLength(256)
  })

  it('stretches pictures of 16 bits to the range they use', async () => {
    const samples = Uint16Array.from({ length: 64 * 64 }, (_, index) => 1000 + (index % 64) * 10)
    const file = join(folder, 'deep.png')
    await sharp(samples, { raw: { width: 64, height: 64, channels: 1 } })
      .toColourspace('grey16')
      .png()
      .toFile(file)
    const decoded = await decodeImage(file, { size: 64, channels: 1 })
    expect(Math.min(...decoded)).toBe(0)
    expect(Math.max(...decoded)).toBe(255)
  })

  it('turns a photo upright as its camera says', async () => {
    const file = join(folder, 'turned.jpg')
    await sharp({ create: { width: 30, height: 10, channels: 3, background: '#808080' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toFile(file)
    expect(await readImageHeader(file)).toMatchObject({ width: 10, height: 30 })
  })

  it('answers for one pixel and for a sliver', async () => {
    const pixel = await writePng('pixel.png', 1, 1, { r: 9, g: 9, b: 9 })
    const sliver = await writePng('sliver.png', 500, 1, { r: 9, g: 9, b: 9 })
    expect((await decodeImage(pixel, { size: 16, channels: 1 })).every((value) => value === 9)).toBe(true)
    expect(await decodeImage(sliver, { size: 16, channels: 3 })).toHaveLength(768)
  })

  it('names what cannot be read', async () => {
    const garbage = join(folder, 'garbage.png')
    writeFileSync(garbage, 'not a picture')
    await expect(decodeImage(garbage, { size: 16, channels: 1 })).rejects.toThrow(UnreadableImageError)
    await expect(decodeImage(join(folder, 'missing.png'), { size: 16, channels: 1 })).rejects.toThrow(/missing/)
  })
})

describe('the format chosen for a set', () => {
  it('is as large as the pictures up to 128, and grey when none has colours', async () => {
    const small = await writePng('small.png', 28, 28, { r: 90, g: 90, b: 90 })
    const medium = await writePng('medium.png', 80, 70, { r: 90, g: 90, b: 200 })
    const large = await writePng('large.png', 1024, 768, { r: 90, g: 90, b: 90 })
    expect(await choosePictureFormat([small, small], null)).toEqual({ size: 32, channels: 1 })
    expect(await choosePictureFormat([medium, medium], null)).toEqual({ size: 80, channels: 3 })
    expect(await choosePictureFormat([large], null)).toEqual({ size: 128, channels: 1 })
    expect(await choosePictureFormat([small, medium], 64)).toEqual({ size: 64, channels: 3 })
    expect(await choosePictureFormat([join(folder, 'missing.png')], null)).toEqual({ size: 32, channels: 1 })
  })
})
