import type { NamedFile } from './list-files.ts'
import { UsageError } from './usage-error.ts'

/**
 * The mask of each image: of the same name, else the only one that begins with the same letters or digits up to the
 * first `_`, `-` or space (`21_training.tif` and `21_manual1.gif`). Images without one are left out and named.
 * Throws UsageError when no image has a mask.
 */
export function pairMasks(images: readonly NamedFile[], masks: readonly NamedFile[]) {
  const byStem = new Map(masks.map((mask) => [mask.stem, mask]))
  const byStart = new Map<string, NamedFile[]>()
  for (const mask of masks) byStart.set(startOf(mask), [...(byStart.get(startOf(mask)) ?? []), mask])
  const pairs: { image: NamedFile; mask: NamedFile }[] = []
  const alone: NamedFile[] = []
  for (const image of images) {
    const alike = byStart.get(startOf(image)) ?? []
    const mask = byStem.get(image.stem) ?? (alike.length === 1 ? alike[0] : undefined)
    if (mask) pairs.push({ image, mask })
    else alone.push(image)
  }
  if (pairs.length === 0) throw new UsageError('no mask has the name of an image')
  return { pairs, alone }
}

const startOf = ({ stem }: NamedFile) => stem.split(/[_\- ]/)[0] ?? stem
