import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, describe, expect, it } from 'vitest'
import { decodePicture } from './decode-image.ts'
import { enlarge } from './enlarge.ts'

const folder = mkdtempSync(join(tmpdir(), 'enlarge-'))
afterAll(() => rmSync(folder, { recursive: true }))

const WIDTH = 24
const HEIGHT = 16
const SPOT = { left: 5, top: 3, side: 4 }

/** A light square on a dark ground. */
function spot(): Uint8Array {
  const pixels = new Uint8Array(WIDTH * HEIGHT).fill(20)
  for (let row = SPOT.top; row < SPOT.top + SPOT.side; row += 1) {
    pixels.fill(220, row * WIDTH + SPOT.left, row * WIDTH + SPOT.left + SPOT.side)
  }
  return pixels
}

/** Where the light lies, as shares of the width and height. */
function middleOf(pixels: Uint8Array, width: number, height: number): [number, number] {
  let [sum, across, down] = [0, 0, 0]
  pixels.forEach((value, at) => {
    const light = value - 20
    sum += light
    across += light * ((at % width) + 0.5)
    down += light * (Math.floor(at / width) + 0.5)
  })
  return [across / sum / width, down / sum / height]
}

describe('enlarging a picture', () => {
  const grey = { width: WIDTH, height: HEIGHT, channels: 1 } as const
  const [x, y] = middleOf(spot(), WIDTH, HEIGHT)

  it('leaves everything where it was, as marks enlarged beside it stay', async () => {
    const file = join(folder, 'spot.png')
    await sharp(spot(), { raw: grey }).toColourspace('b-w').png().toFile(file)
    for (const factor of [1, 1.5, 2, 3]) {
      const wanted = { width: WIDTH * factor, height: HEIGHT * factor, channels: 1 } as const
      const [across, down] = middleOf(await decodePicture(file, wanted), wanted.width, wanted.height)
      expect(across, `across, ${factor} times as large`).toBeCloseTo(x, 3)
      expect(down, `down, ${factor} times as large`).toBeCloseTo(y, 3)
    }
  })

  it('stays where it is when only one side grows', async () => {
    const file = join(folder, 'one-side.png')
    await sharp(spot(), { raw: grey }).toColourspace('b-w').png().toFile(file)
    const wanted = { width: WIDTH * 2, height: HEIGHT / 2, channels: 1 } as const
    const [across, down] = middleOf(await decodePicture(file, wanted), wanted.width, wanted.height)
    expect(across).toBeCloseTo(x, 2)
    expect(down).toBeCloseTo(y, 2)
  })

  it('keeps every channel to itself, and what is even as it is', () => {
    const even = new Uint8Array(WIDTH * HEIGHT * 3).map((_, at) => [10, 120, 255][at % 3]!)
    const larger = enlarge(even, { ...grey, channels: 3 }, { width: 50, height: 33, channels: 3 })
    expect(larger).toHaveLength(50 * 33 * 3)
    expect(larger.every((value, at) => value === [10, 120, 255][at % 3])).toBe(true)
  })
})
