import { describe, expect, it } from 'vitest'
import { DEFAULT_LIMITS } from '../decode-limits.ts'
import { NO_CALIBRATION } from './calibration.ts'
import { readFrames, writeFrames } from './frame-file.ts'
import type { Frames } from './frames.ts'

const picture: Frames = {
  width: 2,
  height: 3,
  frames: 2,
  colour: 'grey',
  sampleType: 'i16',
  bitsStored: 12,
  calibrations: [NO_CALIBRATION],
  samples: Int16Array.from({ length: 12 }, (_, index) => index * -150),
}

describe('a frame file', () => {
  it('gives back what was written, packed or not', async () => {
    expect(await readFrames(await writeFrames(picture), DEFAULT_LIMITS)).toEqual(picture)
    expect(await readFrames(Buffer.from(await writeFrames(picture)), DEFAULT_LIMITS)).toEqual(picture)
    const flat = { ...picture, width: 200, height: 30, samples: new Int16Array(12_000) }
    const bytes = await writeFrames(flat)
    expect(bytes.length).toBeLessThan(1000)
    expect(await readFrames(bytes, DEFAULT_LIMITS)).toEqual(flat)
  })

  it('is refused when it is cut, too large, or states a size it does not have', async () => {
    const bytes = await writeFrames(picture)
    for (const length of [0, 5, 30, bytes.length - 1]) {
      await expect(readFrames(bytes.subarray(0, length), DEFAULT_LIMITS)).rejects.toMatchObject({ kind: 'damaged' })
    }
    const tooLarge = readFrames(bytes, { ...DEFAULT_LIMITS, maxBytes: 10 })
    await expect(tooLarge).rejects.toMatchObject({ kind: 'too-large' })
    const lying = await writeFrames({ ...picture, width: 3 })
    await expect(readFrames(lying, DEFAULT_LIMITS)).rejects.toMatchObject({ kind: 'damaged' })
  })
})
