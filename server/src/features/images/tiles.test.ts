import type { Image, ImageTiles } from '@vesalius/contracts'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApp, signUp, type TestApp } from '../../testing/test-app.ts'
import { projectOf, uploadImage } from '../../testing/uploads.ts'

const [width, height] = [1100, 600]
let test: TestApp
let ann: { cookie: string }
let ben: { cookie: string }
let deep: Image
let coloured: Image
const samples = Uint16Array.from({ length: width * height }, (_, at) => (at * 31) % 65_536)

beforeAll(async () => {
  test = await openTestApp()
  ann = await signUp(test.app, 'ann')
  ben = await signUp(test.app, 'ben')
  const project = await projectOf(test.app, ann, 1001)
  const grey = await sharp(samples, { raw: { width, height, channels: 1 } })
    .toColourspace('grey16')
    .png()
    .toBuffer()
  deep = await uploadImage(test.app, ann, project, { name: 'deep.png', bytes: grey })
  const colour = { create: { width, height, channels: 3, background: '#c08040' } } as const
  coloured = await uploadImage(test.app, ann, project, {
    name: 'colour.png',
    bytes: await sharp(colour).png().toBuffer(),
  })
})
afterAll(() => test.close())

const get = (image: Image, rest = '', headers: Record<string, string> = ann) =>
  test.app.inject({ url: `/api/v1/images/${image.id}/tiles${rest}`, headers })

describe('tiles of a large image', () => {
  it('are described: the whole image, then halves of it down to one tile', async () => {
    expect((await get(deep)).json()).toEqual({
      side: 512,
      encoding: 'png',
      bits: 16,
      levels: [
        { width: 1100, height: 600 },
        { width: 550, height: 300 },
        { width: 275, height: 150 },
      ],
    } satisfies ImageTiles)
    expect((await get(coloured)).json()).toMatchObject({ encoding: 'jpeg', bits: 8 })
  })

  it('hold the very samples of a grey image of 16 bits', async () => {
    const answer = await get(deep, '/0/1/1')
    expect(answer.headers['content-type']).toBe('image/png')
    const { data, info } = await sharp(answer.rawPayload)
      .toColourspace('grey16')
      .raw({ depth: 'ushort' })
      .toBuffer({ resolveWithObject: true })
    expect([info.width, info.height, info.channels]).toEqual([512, 88, 1])
    const tile = new Uint16Array(data.buffer, data.byteOffset, data.length / 2)
    const expected = Uint16Array.from({ length: 512 * 88 }, (_, at) => {
      return samples[(512 + Math.floor(at / 512)) * width + 512 + (at % 512)] as number
    })
    expect(tile).toEqual(expected)
  })

  it('hold the colours of others nearly', async () => {
    const answer = await get(coloured, '/2/0/0')
    expect(answer.headers['content-type']).toBe('image/jpeg')
    const { data, info } = await sharp(answer.rawPayload).raw().toBuffer({ resolveWithObject: true })
    expect([info.width, info.height]).toEqual([275, 150])
    for (const [channel, value] of [0xc0, 0x80, 0x40].entries()) {
      expect(Math.abs((data[channel] as number) - value)).toBeLessThanOrEqual(3)
    }
  })

  it('end at the edges of the image', async () => {
    for (const place of ['/0/3/0', '/0/0/2', '/2/1/0', '/3/0/0', '/-1/0/0', '/0/x/0']) {
      expect((await get(deep, place)).statusCode).toBe(404)
    }
  })

  it('are shown to those who may see the image, and kept by their browsers', async () => {
    const { etag } = (await get(deep, '/1/0/0')).headers
    expect((await get(deep, '/1/0/0', { ...ann, 'if-none-match': String(etag) })).statusCode).toBe(304)
    for (const rest of ['', '/0/0/0']) {
      expect((await get(deep, rest, ben)).statusCode).toBe(404)
      expect((await get(deep, rest, {})).statusCode).toBe(401)
    }
  })
})
