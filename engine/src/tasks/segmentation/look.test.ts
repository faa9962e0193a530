import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OnnxSession } from '../../onnx.ts'
import { lookAt } from './look.ts'
import type { SegmenterCard } from './model-card.ts'

const folder = mkdtempSync(join(tmpdir(), 'look-'))
const file = join(folder, 'picture.png')
const SIZE = { width: 60, height: 40 }
beforeAll(() =>
  sharp({ create: { ...SIZE, channels: 3, background: '#777' } })
    .png()
    .toFile(file),
)
afterAll(() => rmSync(folder, { recursive: true }))

const card: SegmenterCard = {
  ...{ kind: 'segmenter', taskType: 3004, classes: ['cell'], channels: 3, scale: 1, stride: 1, cropSide: 64 },
  calibrations: [{ slope: 1, offset: 0, threshold: 0.5 }],
  instances: { leastEnds: 4, diameter: 30, smallestArea: 4 },
  trainedOn: '',
}

/** A network that sees a cell of `side` pixels in every square of `step`, however large the picture is shown to it. */
function cellsOf(side: number, step: number): OnnxSession & { shown: number[] } {
  const shown: number[] = []
  return {
    shown,
    run: async ({ image }) => {
      const [, , height = 0, width = 0] = image?.shape ?? []
      shown.push(width)
      const maps = new Float32Array(3 * height * width).fill(0.5)
      for (let at = 0; at < height * width; at += 1) {
        const [x, y] = [(at % width) % step, Math.floor(at / width) % step]
        maps[at] = x < side && y < side ? 0.9 : 0.1
      }
      return { maps }
    },
    dispose: async () => {},
  }
}

describe('looking at a picture whose cells have a size of their own', () => {
  it('brings them to the size that they were learnt in', async () => {
    let width = 0
    // Twice as large as learnt at the first look; right at half the size.
    const session: OnnxSession = {
      ...cellsOf(0, 1),
      run: (feeds) => {
        width = feeds.image?.shape[3] ?? 0
        return cellsOf(width > 32 ? 53 : 27, 1000).run(feeds)
      },
    }
    const { seen, maps } = await lookAt(session, card, file, SIZE)
    expect(seen.width).toBeLessThan(SIZE.width)
    expect(maps).toHaveLength(3)
  })

  it('enlarges it threefold at most, whatever a barely taught network takes for cells', async () => {
    const session = cellsOf(2, 8)
    const { seen } = await lookAt(session, card, file, SIZE)
    expect(seen).toEqual({ width: 3 * SIZE.width, height: 3 * SIZE.height })
    expect(Math.max(...session.shown)).toBeLessThanOrEqual(3 * SIZE.width + 32)
  })
})
