import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AppError } from '@vesalius/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { phantom } from '../../testing/uploads.ts'
import type { PictureFormat } from './picture-format.ts'
import { openPictures, type Pictures } from './pictures.ts'

let folder: string
let pictures: Pictures

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vesalius-pictures-'))
  pictures = openPictures({ secret: 'test', maxPixels: 1_000_000 })
})
afterAll(async () => {
  await pictures.close()
  await rm(folder, { recursive: true })
})

const ENCODERS = { png: 'png', jpg: 'jpeg', webp: 'webp', gif: 'gif', tif: 'tiff' } as const

async function save(name: string, bytes: Uint8Array): Promise<string> {
  const file = join(folder, name)
  await writeFile(file, bytes)
  return file
}

async function codeOf(result: Promise<unknown>): Promise<string> {
  return result.then(
    () => 'taken',
    (error) => (error instanceof AppError ? error.code : `unexpected ${error}`),
  )
}

describe('decoding a file in a child process', () => {
  it('refuses files that end early, in every format', async () => {
    for (const [format, encoder] of Object.entries(ENCODERS)) {
      const bytes = await phantom({ width: 120, height: 90 }).toFormat(encoder).toBuffer()
      const file = await save(`cut.${format}`, bytes.subarray(0, Math.floor(bytes.length * 0.8)))
      expect([
        format,
        await codeOf(pictures.inspect({ file, format: format as PictureFormat, deidentifies: false })),
      ]).toEqual([format, 'FILE_DAMAGED'])
    }
  })

  it('answers every damaged file and goes on', async () => {
    let state = 7
    const random = (below: number) => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
      return (state >>> 8) % below
    }
    for (const [format, encoder] of Object.entries(ENCODERS)) {
      const whole = await phantom({ width: 40, height: 30 }).toFormat(encoder).toBuffer()
      for (let round = 0; round < 25; round += 1) {
        const bytes = Buffer.from(whole)
        for (let hit = 0; hit < 4; hit += 1) bytes[random(bytes.length)] = random(256)
        const file = await save(`odd.${format}`, bytes)
        const code = await codeOf(pictures.inspect({ file, format: format as PictureFormat, deidentifies: false }))
        expect(['taken', 'FILE_DAMAGED', 'FILE_TOO_MANY_PIXELS', 'FILE_NOT_AN_IMAGE']).toContain(code)
      }
    }
    const file = await save('good.png', await phantom().png().toBuffer())
    expect(await pictures.inspect({ file, format: 'png', deidentifies: false })).toMatchObject({
      facts: { width: 64, height: 48 },
    })
  })

  it('refuses more pixels than allowed', async () => {
    const file = await save('wide.png', await phantom({ width: 1001, height: 1000 }).png().toBuffer())
    expect(await codeOf(pictures.inspect({ file, format: 'png', deidentifies: false }))).toBe('FILE_TOO_MANY_PIXELS')
  })

  it('refuses formats the decoder could open but we do not take', async () => {
    const file = await save('x.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'))
    expect(await codeOf(pictures.inspect({ file, format: 'png', deidentifies: false }))).toBe('FILE_DAMAGED')
  })

  it('ends a child that takes too long, and starts another', async () => {
    const hurried = openPictures({ secret: 'test', maxPixels: 1e6, children: 1, timeLimitMs: 1 })
    const file = await save('slow.png', await phantom().png().toBuffer())
    for (let round = 0; round < 2; round += 1) {
      expect(await codeOf(hurried.inspect({ file, format: 'png', deidentifies: false }))).toBe('FILE_DAMAGED')
    }
    await hurried.close()
  })

  it('ends a child that takes too much memory', async () => {
    const poor = openPictures({ secret: 'test', maxPixels: 1e7, children: 1, memoryLimitBytes: 1 })
    const file = await save('big.png', await phantom({ width: 2000, height: 2000 }).png().toBuffer())
    const target = join(folder, 'big.avif')
    const result = poor.preview({ file, format: 'png', target, width: 2000, frame: 0, encoding: 'avif' })
    expect(await codeOf(result)).toBe('FILE_TOO_MANY_PIXELS')
    await poor.close()
  })
})
