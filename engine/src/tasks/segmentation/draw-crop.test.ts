import { describe, expect, it } from 'vitest'
import { createRandom } from '../../data/random.ts'
import { drawCrop, drawTransform, mirror } from './draw-crop.ts'

const picture = {
  width: 9,
  height: 9,
  pixels: Uint8Array.from({ length: 81 }, (_, at) => (at % 9) * 20),
  targets: Uint8Array.from({ length: 81 }, (_, at) => (at % 9 < 4 ? 255 : 0)),
  hasDirections: false,
}
const tones = [Float32Array.from({ length: 256 }, (_, level) => level)]
const still = { maxTurn: 0, upsideDown: false, maxScale: 0, strayShare: 0, strayScale: 1, bend: 0 }

function draw(side: number, policy = still, seed = 1) {
  const image = new Float32Array(side * side)
  const target = new Float32Array(side * side)
  const transform = drawTransform([4, 4], side, policy, createRandom(seed))
  drawCrop({ data: image, offset: 0 }, { data: target, offset: 0 }, { side, stride: 1 }, picture, transform, tones)
  return { image, target }
}

describe('a crop to learn from', () => {
  it('is the picture or its mirror image where nothing may change', () => {
    const row = [0, 20, 40, 60, 80, 100, 120, 140, 160]
    const { image, target } = draw(9)
    const first = [...image.subarray(0, 9)]
    const isMirrored = first[0] === 160
    expect(first).toEqual(isMirrored ? row.toReversed() : row)
    expect([...target.subarray(0, 9)]).toEqual(isMirrored ? [0, 0, 0, 0, 0, 1, 1, 1, 1] : [1, 1, 1, 1, 0, 0, 0, 0, 0])
  })

  it('shows picture and targets at the same place, however it is turned and bent', () => {
    const free = { ...still, maxTurn: Math.PI, upsideDown: true, maxScale: 0.2, bend: 0.02 }
    for (let seed = 0; seed < 10; seed += 1) {
      const { image, target } = draw(16, free, seed)
      expect(image.every((level, at) => (level < 55 ? target[at] === 1 : level > 85 ? target[at] === 0 : true))).toBe(
        true,
      )
    }
  })

  it('has one target for each square of pixels, what lies in their middle', () => {
    const transform = drawTransform([3.5, 3.5], 8, still, createRandom(1))
    const draw = (stride: number) => {
      const image = new Float32Array(64)
      const target = new Float32Array(64 / stride ** 2)
      drawCrop({ data: image, offset: 0 }, { data: target, offset: 0 }, { side: 8, stride }, picture, transform, tones)
      return { image, target }
    }
    const [fine, coarse] = [draw(1), draw(2)]
    expect(coarse.image).toEqual(fine.image)
    const means = Array.from({ length: 16 }, (_, at) => {
      const first = 16 * Math.floor(at / 4) + 2 * (at % 4)
      return [0, 1, 8, 9].reduce((sum, next) => sum + fine.target[first + next]! / 4, 0)
    })
    for (const [at, mean] of means.entries()) expect(coarse.target[at], `place ${at}`).toBeCloseTo(mean, 5)
  })

  it('turns vectors with the picture: a way that leads to the bright side still does', () => {
    const right = Uint8Array.from({ length: 162 }, (_, at) => (at < 81 ? 255 : 128))
    const pointing = { ...picture, targets: right, hasDirections: true }
    for (let seed = 0; seed < 10; seed += 1) {
      const image = new Float32Array(25)
      const target = new Float32Array(50)
      const transform = drawTransform([4, 4], 5, { ...still, maxTurn: Math.PI, upsideDown: true }, createRandom(seed))
      drawCrop(
        { data: image, offset: 0 },
        { data: target, offset: 0 },
        { side: 5, stride: 1 },
        pointing,
        transform,
        tones,
      )
      const [x, y] = [2 * target[12]! - 1, 2 * target[37]! - 1]
      expect(x * (image[13]! - image[11]!) + y * (image[17]! - image[7]!)).toBeCloseTo(40, 0)
    }
  })

  it('finds the mirror image beside the picture, at any distance', () => {
    expect([-1, 0, 3, 4, 5, 9, 17, -8].map((at) => mirror(at, 4))).toEqual([1, 0, 3, 4, 3, 1, 1, 0])
    expect(mirror(7, 0)).toBe(0)
  })
})
