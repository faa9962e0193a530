import { encodeRle } from '@vesalius/contracts'
import type { Dataset, DatasetImage, KnownImage } from '../shape/dataset.ts'

/** A mask from rows of text: everything but a dot belongs to it. */
export function drawMask(rows: string[]): string {
  const pixels = rows.flatMap((row) => [...row].map((letter) => (letter === '.' ? 0 : 1)))
  return encodeRle(pixels, [rows.length, rows[0]?.length ?? 0])
}

export const RING_AND_DOT = drawMask(['.####...', '.#..#...', '.#..#.#.', '.####...', '........'])
const BLOB = drawMask(['........', '.....##.', '........', '..##....', '..####..'])

export function image(name: string, more: Partial<DatasetImage> = {}): DatasetImage {
  return { name, width: 8, height: 5, answer: null, boxes: [], masks: [], tags: [], ...more }
}

export const CLASSES = ['red cell', 'white <cell> & "more"']

export const ANSWERS: Dataset = {
  classes: CLASSES,
  images: [image('a.png', { answer: { class: 1 } }), image('b c.jpg', { answer: { class: 0 } })],
}
export const BOXES: Dataset = {
  classes: CLASSES,
  images: [
    image('a.png', {
      boxes: [
        { class: 0, box: [1, 0.5, 3, 2.25] },
        { class: 1, box: [0, 0, 8, 5] },
      ],
    }),
    image('b c.jpg', { boxes: [{ class: 1, box: [4.1, 1, 2, 3] }] }),
  ],
}
export const MASKS: Dataset = {
  classes: CLASSES,
  images: [
    image('a.png', {
      masks: [
        { class: 0, rle: RING_AND_DOT },
        { class: 1, rle: drawMask(['........', '........', '........', '........', '#......#']) },
      ],
    }),
    image('b c.jpg', { masks: [{ class: 1, rle: BLOB }] }),
  ],
}

export function knownOf({ images }: Dataset): KnownImage[] {
  return images.map(({ name, width, height }) => ({ name, width, height }))
}

/** What a dataset says, whatever the order of its classes; weights of a plain choice are left out. */
export function meaningOf({ classes, images }: Dataset): object[] {
  const named = <Mark extends { class: number }>(mark: Mark) => ({ ...mark, class: classes[mark.class] })
  return images
    .map((each) => ({
      name: each.name,
      size: [each.width, each.height],
      answer: each.answer ? classes[each.answer.class] : null,
      boxes: each.boxes.map(named),
      masks: each.masks.map(named),
      tags: each.tags,
    }))
    .sort((a, b) => a.name.localeCompare(b.name))
}
