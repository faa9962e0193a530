import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { encodeRle } from '@vesalius/contracts'
import type { ScoredItem } from '@vesalius/engine'
import sharp from 'sharp'
import { readGrey } from '../read-grey.ts'
import { type MarkedImage, type MarkedSet, requireSet } from './marked-set.ts'

/** What of the microscope or stain a picture of nuclei shows. */
export type PictureKind = 'fluorescence' | 'stained tissue' | 'bright field'

export type MaskedImage = MarkedImage & ScoredItem & { kind?: PictureKind }

/** Vessels of the retina; what counts is the field of view. */
export const drive: MarkedSet<MaskedImage> = {
  taskType: 3003,
  classes: ['vessel'],
  async images(part, folder) {
    const data = join(requireSet('drive'), part === 'train' ? 'training' : 'testing')
    return Promise.all(
      readdirSync(join(data, 'images'))
        .sort()
        .map(async (image) => {
          const name = image.replace('.tif', '')
          const vessels = await readGrey(join(data, '1st_manual', `${name.slice(0, 2)}_manual1.gif`))
          const field = await readGrey(join(data, 'mask', `${name}_mask.gif`))
          const rle = encodeRle(vessels.pixels, [vessels.height, vessels.width])
          return {
            name,
            file: join(data, 'images', image),
            labelFile: writeLabel(join(folder, `${name}.json`), 'vessel', vessels, [rle]),
            field: Uint8Array.from(field.pixels, (value) => (value > 0 ? 1 : 0)),
          }
        }),
    )
  },
}

/** Nuclei of cells, from several microscopes and stains. */
export const nuclei: MarkedSet<MaskedImage> = {
  taskType: 3004,
  classes: ['nucleus'],
  async images(part, folder) {
    const data = join(requireSet('nuclei'), part)
    const images: MaskedImage[] = []
    for (const image of readdirSync(join(data, 'images')).sort()) {
      const labels = await readGrey(join(data, 'instances', image))
      const { pixels, height, width } = labels
      const values = [...new Set(pixels)].filter((value) => value > 0)
      const rles = values.map((value) => encodeRle(pixels, [height, width], { value }))
      const name = image.replace('.png', '')
      const labelFile = writeLabel(join(folder, `${name}.json`), 'nucleus', labels, rles)
      const file = join(data, 'images', image)
      images.push({ name, file, labelFile, kind: await kindOf(file) })
    }
    return images
  },
}

/** The set does not tell: dark pictures without colours are fluorescence, coloured ones that are not white all over tissue. */
async function kindOf(file: string): Promise<PictureKind> {
  const { channels } = await sharp(file).flatten().toColourspace('srgb').stats()
  const means = channels.map(({ mean }) => mean)
  const colour = Math.max(...means) - Math.min(...means)
  const light = means.reduce((sum, mean) => sum + mean, 0) / means.length
  if (colour < 8 && light < 100) return 'fluorescence'
  return colour >= 8 && light < 200 ? 'stained tissue' : 'bright field'
}

function writeLabel(file: string, key: string, size: { width: number; height: number }, rles: string[]): string {
  const masks = rles.map((rle, index) => ({ id: `m${index}`, class: 0, rle }))
  writeFileSync(file, JSON.stringify({ key: [key], size: [size.height, size.width], masks }))
  return file
}
