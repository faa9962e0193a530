import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { createRandom } from '../../data/random.ts'
import type { ClassItem } from '../../runner/messages.ts'

/** Writes small grey pictures of two classes, a bright disc left (0) or right (1) in noise, as PNG. */
export async function drawPhantoms(folder: string, count: number, size = 28): Promise<ClassItem[]> {
  mkdirSync(folder, { recursive: true })
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const value = index % 2
      const random = createRandom(11, index)
      const centreX = size * (value === 0 ? 0.3 : 0.7) + (random() - 0.5) * 3
      const centreY = size * 0.4 + (random() - 0.5) * 6
      const pixels = Uint8Array.from({ length: size * size }, (_, at) => {
        const distance = Math.hypot((at % size) - centreX, Math.floor(at / size) - centreY)
        return (distance < size / 6 ? 170 : 90) + random() * 50
      })
      const file = join(folder, `${index}.png`)
      await sharp(pixels, { raw: { width: size, height: size, channels: 1 } })
        .toColourspace('b-w')
        .png()
        .toFile(file)
      return { imageId: `image-${index}`, file, value, group: `image-${index}` }
    }),
  )
}
