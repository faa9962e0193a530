import { describe, expect, it } from 'vitest'
import { measureLabelSymmetry } from './label-symmetry.ts'
import { measurePictures } from './picture-statistics.ts'
import { createRandom } from './random.ts'

const format = { size: 32, channels: 1 } as const

/** Noise with a bright disc centred where `place` says, in shares of the side. */
function drawDiscs(count: number, place: (index: number) => [number, number]): Uint8Array[] {
  return Array.from({ length: count }, (_, index) => {
    const random = createRandom(3, index)
    const [x, y] = place(index)
    return Uint8Array.from({ length: 1024 }, (_, at) => {
      const distance = Math.hypot((at % 32) - x * 32, Math.floor(at / 32) - y * 32)
      return (distance < 6 ? 170 : 90) + random() * 60
    })
  })
}

describe('whether pictures have a way up', () => {
  it('is seen in their mean', () => {
    expect(
      measurePictures(
        drawDiscs(60, () => [0.5, 0.25]),
        format,
      ).isUpright,
    ).toBe(true)
    expect(
      measurePictures(
        drawDiscs(60, () => [0.5, 0.48]),
        format,
      ).isUpright,
    ).toBe(false)
  })

  it('is not mistaken for chance', () => {
    const random = createRandom(8)
    const scattered = drawDiscs(200, () => [0.2 + 0.6 * random(), 0.2 + 0.6 * random()])
    expect(measurePictures(scattered, format).isUpright).toBe(false)
  })
})

it('mean and deviation are those of the pixels', () => {
  const pictures = [new Uint8Array(1024).fill(10), new Uint8Array(1024).fill(30)]
  const { mean, deviation } = measurePictures(pictures, format).normalisation
  expect(mean).toEqual([20])
  expect(deviation[0]).toBeCloseTo(10, 12)
})

describe('which changes leave the class alone', () => {
  const labelled = (place: (index: number) => [number, number]) =>
    drawDiscs(60, place).map((pixels, index) => ({ pixels, value: index % 2 }))

  it('forbids the mirror where classes differ by side', () => {
    const sides = labelled((index) => [index % 2 === 0 ? 0.25 : 0.75, 0.5])
    expect(measureLabelSymmetry(sides, format)).toEqual({ mirror: false, upsideDown: true, quarterTurn: false })
  })

  it('allows everything where classes do not differ by place', () => {
    const random = createRandom(4)
    const same = labelled(() => [0.3 + 0.4 * random(), 0.3 + 0.4 * random()])
    expect(measureLabelSymmetry(same, format)).toEqual({ mirror: true, upsideDown: true, quarterTurn: true })
  })
})
