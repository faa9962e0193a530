import { describe, expect, it } from 'vitest'
import type { OnnxSession } from '../../onnx.ts'
import { type FinderSettings, findBoxes, seenSize } from './find-boxes.ts'

const settings: FinderSettings = { mean: [0], deviation: [1], channels: 1, scale: 1, largestBox: 100 }

/** A network that finds a box of 40 × 40 at every place whose pixels are bright, and remembers what it was shown. */
function brightFinder() {
  const shown: number[][] = []
  const session: OnnxSession = {
    async run({ image }) {
      const [, , rows = 0, columns = 0] = image!.shape
      shown.push([rows, columns])
      const area = (rows / 4) * (columns / 4)
      const heat = new Float32Array(area)
      for (let at = 0; at < area; at += 1) {
        const [row, column] = [Math.floor(at / (columns / 4)), at % (columns / 4)]
        heat[at] = image!.data[row * 4 * columns + column * 4]! / 255
      }
      return { heat, edges: new Float32Array(4 * area).fill(20) }
    },
    dispose: async () => {},
  }
  return { session, shown }
}

/** Pixels with one bright place for each centre. */
function draw(width: number, height: number, centres: [number, number][]) {
  const pixels = new Uint8Array(width * height)
  for (const [x, y] of centres) pixels[Math.floor(y / 4) * 4 * width + Math.floor(x / 4) * 4] = 200
  return pixels
}

describe('finding boxes', () => {
  it('counts each box of a large picture once, wherever the tiles meet', async () => {
    const [width, height] = [2000, 1100]
    const centres: [number, number][] = []
    for (let x = 22; x < width; x += 48) for (let y = 22; y < height; y += 48) centres.push([x, y])
    const { session, shown } = brightFinder()
    const found = await findBoxes(session, settings, draw(width, height, centres), { width, height })
    expect(shown.length).toBeGreaterThan(2)
    const middles = found.map(({ box }) => `${Math.round(box[0] / 48)} ${Math.round(box[1] / 48)}`)
    expect(new Set(middles).size).toBe(centres.length)
    expect(found).toHaveLength(centres.length)
  })

  it('gives boxes in pixels of the original, cut at its border', async () => {
    const { session, shown } = brightFinder()
    const seen = seenSize({ width: 300, height: 200 }, 0.5)
    const found = await findBoxes(session, { ...settings, scale: 0.5 }, draw(seen.width, seen.height, [[8, 50]]), {
      width: 300,
      height: 200,
    })
    expect(shown).toEqual([[128, 160]])
    expect(found).toMatchObject([{ box: [0, 60, 60, 80], class: 0 }])
  })

  it('reduces an enormous picture until it fits into memory', () => {
    const { width, height } = seenSize({ width: 20_000, height: 20_000 }, 2)
    expect(width * height).toBeLessThanOrEqual(121_000_000)
    expect(seenSize({ width: 1, height: 1 }, 0.1)).toEqual({ width: 1, height: 1 })
  })
})
