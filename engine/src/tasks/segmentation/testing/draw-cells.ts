import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { encodeRle } from '@vesalius/contracts'
import sharp from 'sharp'
import { createRandom, drawBetween } from '../../../data/random.ts'
import type { MarkedItem } from '../../../runner/messages.ts'

/** Bright discs on a dark, noisy ground, some touching each other; with a label file beside each picture. */
export async function drawCells(
  folder: string,
  { count, size, key = ['cell'] }: { count: number; size: number; key?: string[] },
): Promise<MarkedItem[]> {
  mkdirSync(folder, { recursive: true })
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const random = createRandom(index, 77)
      const cells = Int32Array.from({ length: size * size })
      const discs = Array.from({ length: 5 }, () => ({
        x: drawBetween(random, 4, size - 4),
        y: drawBetween(random, 4, size - 4),
        radius: drawBetween(random, 5, 8),
      }))
      const light = drawBetween(random, 0.6, 1)
      const pixels = Uint8Array.from({ length: size * size }, (_, at) => {
        const [x, y] = [at % size, Math.floor(at / size)]
        const inside = discs.findIndex((disc) => (disc.x - x) ** 2 + (disc.y - y) ** 2 < disc.radius ** 2)
        cells[at] = inside + 1
        const nearest = Math.min(...discs.map((disc) => Math.hypot(disc.x - x, disc.y - y) / disc.radius))
        return light * (nearest < 1 ? 220 - 60 * nearest : 60) + drawBetween(random, -15, 15)
      })
      const masks = discs.flatMap((_, place) =>
        cells.includes(place + 1)
          ? [{ id: `m${place}`, class: 0, rle: encodeRle(cells, [size, size], { value: place + 1 }) }]
          : [],
      )
      const file = join(folder, `${index}.png`)
      const labelFile = join(folder, `${index}.json`)
      await sharp(pixels, { raw: { width: size, height: size, channels: 1 } })
        .png()
        .toFile(file)
      writeFileSync(labelFile, JSON.stringify({ key, size: [size, size], masks }))
      return { imageId: `cell-${index}`, file, labelFile, group: `cell-${index}` }
    }),
  )
}
