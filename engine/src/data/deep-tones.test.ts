import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, describe, expect, it } from 'vitest'
import { decodeImage, readImageHeader } from './decode-image.ts'
import { deepTones } from './deep-tones.ts'
import { frameAddress } from './picture-address.ts'
import { choosePictureFormat } from './picture-format.ts'
import { createRandom } from './random.ts'
import { encodeDeepDicom } from './testing/encode-deep-dicom.ts'

const folder = mkdtempSync(join(tmpdir(), 'deep-tones-'))
afterAll(() => rmSync(folder, { recursive: true }))
const SIDE = 48

/** Mean of a channel inside and outside of a disc in the middle, in levels. */
function contrastOf(tones: Uint8Array, channel: number): number {
  const sums = { inside: 0, outside: 0, countIn: 0, countOut: 0 }
  for (let at = 0; at < SIDE * SIDE; at += 1) {
    const distance = Math.hypot((at % SIDE) - SIDE / 2, Math.floor(at / SIDE) - SIDE / 2)
    const value = tones[at * 3 + channel] ?? 0
    if (distance < 3) Object.assign(sums, { inside: sums.inside + value, countIn: sums.countIn + 1 })
    else if (distance > 5 && distance < 8)
      Object.assign(sums, { outside: sums.outside + value, countOut: sums.countOut + 1 })
  }
  return sums.inside / sums.countIn - sums.outside / sums.countOut
}

function drawDisc(background: (x: number, y: number) => number, height: number): Float32Array {
  const random = createRandom(3, 1)
  return Float32Array.from({ length: SIDE * SIDE }, (_, at) => {
    const [x, y] = [at % SIDE, Math.floor(at / SIDE)]
    const disc = Math.hypot(x - SIDE / 2, y - SIDE / 2) < 4 ? height : 0
    return Math.round(background(x, y) + disc + random() * 2)
  })
}

describe('a grey picture of many levels', () => {
  it('shows by the share of values below what its range rounds away', () => {
    const values = drawDisc((x) => (x < 8 ? 30_000 + x * 3000 : 1000), 12)
    const tones = deepTones(values, { width: SIDE, height: SIDE })
    expect(Math.abs(contrastOf(tones, 0))).toBeLessThan(1)
    expect(contrastOf(tones, 1)).toBeGreaterThan(20)
  })

  it('shows a faint mark on a steep slope by its surroundings', () => {
    const values = drawDisc((x) => x * 1300, 900)
    const tones = deepTones(values, { width: SIDE, height: SIDE })
    expect(contrastOf(tones, 2)).toBeGreaterThan(20)
  })

  it('that is flat has no contrast, and one without numbers no fault', () => {
    expect(new Set(deepTones(new Float32Array(9).fill(7), { width: 3, height: 3 })).size).toBeLessThanOrEqual(2)
  })
})

describe('files of many levels', () => {
  it('of DICOM are read at full depth, frame by frame, in the unit they were measured in', async () => {
    const file = join(folder, 'ct.dcm')
    const frames = [0, 1].map((frame) => Uint16Array.from({ length: 64 }, (_, at) => (frame === 0 ? at : 63 - at) * 16))
    writeFileSync(file, encodeDeepDicom(8, 8, frames))
    expect(await readImageHeader(file)).toEqual({ width: 8, height: 8, isGrey: true, isDeep: true })
    expect(await choosePictureFormat([file], null)).toEqual({ size: 32, channels: 3 })
    const first = await decodeImage(file, { size: 8, channels: 1 })
    const second = await decodeImage(frameAddress(file, 1), { size: 8, channels: 1 })
    expect([first[0], first[63]]).toEqual([0, 255])
    expect([second[0], second[63]]).toEqual([255, 0])
    await expect(decodeImage(frameAddress(file, 2), { size: 8, channels: 1 })).rejects.toThrow('no frame 3')
  })

  it('of PNG are seen in three tones by a colour network and one by a grey one', async () => {
    const file = join(folder, 'deep.png')
    const samples = Uint16Array.from(drawDisc((x) => (x < 8 ? 60_000 : 1000), 12))
    await sharp(samples, { raw: { width: SIDE, height: SIDE, channels: 1 } })
      .toColourspace('grey16')
      .png()
      .toFile(file)
    expect(await choosePictureFormat([file], SIDE)).toEqual({ size: SIDE, channels: 3 })
    expect(contrastOf(await decodeImage(file, { size: SIDE, channels: 3 }), 1)).toBeGreaterThan(20)
    expect(await decodeImage(file, { size: SIDE, channels: 1 })).toHaveLength(SIDE * SIDE)
  })
})
