import loadHtj2k from '@cornerstonejs/codec-openjph/wasmjs'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '../phantom/random.ts'
import { PictureError } from '../picture-error.ts'
import { writeLosslessJpeg } from '../testing/lossless-jpeg.ts'
import { decodeStream } from './decode-stream.ts'

const size = { width: 64, height: 48, components: 1 }
const random = seededRandom(7)
const samples = Uint16Array.from({ length: 64 * 48 }, (_, at) => at + Math.floor(random() * 500))

/** The encoder beside the decoder we use; no type is declared for it. */
async function writeHtj2k(): Promise<Uint8Array> {
  const { HTJ2KEncoder } = (await loadHtj2k({ print: () => undefined, printErr: () => undefined })) as never as {
    HTJ2KEncoder: new () => {
      getDecodedBuffer(info: object): Uint8Array
      setQuality(reversible: boolean, step: number): void
      encode(): void
      getEncodedBuffer(): Uint8Array
    }
  }
  const encoder = new HTJ2KEncoder()
  const info = {
    width: 64,
    height: 48,
    bitsPerSample: 16,
    componentCount: 1,
    isSigned: false,
    isUsingColorTransform: false,
  }
  encoder.getDecodedBuffer(info).set(new Uint8Array(samples.buffer))
  encoder.setQuality(true, 0)
  encoder.encode()
  return new Uint8Array(encoder.getEncodedBuffer())
}

describe('decoding one compressed frame', () => {
  it('gives lossless HTJ2K and JPEG back as they were', async () => {
    expect((await decodeStream('htj2k', await writeHtj2k(), size)).samples).toEqual(samples)
    const jpeg = writeLosslessJpeg([...samples], 64, 16)
    expect((await decodeStream('jpeg', jpeg, size)).samples).toEqual(samples)
  })

  it('gives baseline JPEG as red, green, blue, equal to the picture decoder', async () => {
    const raw = { raw: { width: 64, height: 16, channels: 3 } } as const
    const file = await sharp(new Uint8Array(samples.buffer.slice(0, 3072)), raw)
      .jpeg({ quality: 95 })
      .toBuffer()
    const decoded = await decodeStream('jpeg', file, { width: 64, height: 16, components: 3 })
    expect(decoded.isRgb).toBe(true)
    expect([...decoded.samples]).toEqual([...(await sharp(file).raw().toBuffer())])
  })

  it('refuses a size other than expected before decoding', async () => {
    const stream = await writeHtj2k()
    await expect(decodeStream('htj2k', stream, { ...size, width: 32 })).rejects.toMatchObject({ kind: 'damaged' })
  })

  it('meets damaged streams with one kind of error only', async () => {
    const streams = [['htj2k', await writeHtj2k()] as const, ['jpeg', writeLosslessJpeg([...samples], 64, 16)] as const]
    for (const [coding, stream] of streams) {
      for (let round = 0; round < 60; round += 1) {
        const damaged = new Uint8Array(
          stream.subarray(0, round % 2 ? stream.length : Math.floor(random() * stream.length)),
        )
        for (let flip = 0; flip < 4; flip += 1)
          damaged[Math.floor(random() * damaged.length)] = Math.floor(random() * 256)
        const outcome = await decodeStream(coding, damaged, size).catch((error: unknown) => error)
        if (outcome instanceof Error) expect(outcome).toBeInstanceOf(PictureError)
      }
    }
  })

  it('works again after a stream that made the decoder fail', async () => {
    const raw = { raw: { width: 64, height: 16, channels: 3 } } as const
    const file = await sharp(new Uint8Array(samples.buffer.slice(0, 3072)), raw)
      .jpeg()
      .toBuffer()
    const colour = { width: 64, height: 16, components: 3 }
    const broken = file.subarray(0, file.indexOf(Buffer.of(0xff, 0xda)))
    for (let round = 0; round < 3; round += 1) {
      await expect(decodeStream('jpeg', broken, colour)).rejects.toMatchObject({ kind: 'damaged' })
      expect((await decodeStream('jpeg', file, colour)).samples).toHaveLength(3072)
    }
  })
})
