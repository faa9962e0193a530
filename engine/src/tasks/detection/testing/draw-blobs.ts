import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { createRandom, drawBetween } from '../../../data/random.ts'
import type { MarkedItem } from '../../../runner/messages.ts'
import type { Mark } from '../mark.ts'

/** Writes grey pictures with two to four bright squares (0) or dark discs (1) in noise, with their label files. */
export async function drawBlobs(folder: string, count: number, size = 64): Promise<(MarkedItem & { marks: Mark[] })[]> {
  mkdirSync(folder, { recursive: true })
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const random = createRandom(17, index)
      const marks = Array.from({ length: 2 + Math.floor(random() * 3) }, (_, slot): Mark => {
        const side = Math.round(drawBetween(random, 14, 22))
        // One corner of the picture each, so that none hides another.
        const x = (slot % 2) * (size / 2) + Math.floor(random() * (size / 2 - side))
        const y = (slot > 1 ? size / 2 : 0) + Math.floor(random() * (size / 2 - side))
        return { box: [x, y, side, side], class: random() < 0.5 ? 0 : 1 }
      })
      const pixels = Uint8Array.from({ length: size * size }, (_, at) => {
        const [x, y] = [(at % size) + 0.5, Math.floor(at / size) + 0.5]
        const level = marks.reduce((value, mark) => (isInside(mark, x, y) ? (mark.class === 0 ? 210 : 40) : value), 120)
        return level + (random() - 0.5) * 40
      })
      const file = join(folder, `${index}.png`)
      const labelFile = join(folder, `${index}.json`)
      await sharp(pixels, { raw: { width: size, height: size, channels: 1 } })
        .toColourspace('b-w')
        .png()
        .toFile(file)
      const boxes = marks.map((mark, place) => ({ id: `${place}`, ...mark }))
      writeFileSync(labelFile, JSON.stringify({ key: ['square', 'disc'], boxes }))
      return { imageId: `image-${index}`, file, labelFile, group: `image-${index}`, marks }
    }),
  )
}

function isInside({ box: [left, top, side], class: place }: Mark, x: number, y: number): boolean {
  const [dx, dy] = [x - left - side / 2, y - top - side / 2].map(Math.abs) as [number, number]
  return place === 0 ? Math.max(dx, dy) < side / 2 : Math.hypot(dx, dy) < side / 2
}
