import type { FormatName } from '@vesalius/contracts'
import { describe, expect, it } from 'vitest'
import { FORMATS } from './formats.ts'
import type { Dataset, FormatFile } from './shape/dataset.ts'
import { ANSWERS, BOXES, image, knownOf, MASKS, meaningOf } from './testing/sample.ts'
import { writeAll } from './testing/write-all.ts'

const HOLDS: Record<'answers' | 'boxes' | 'masks', FormatName[]> = {
  answers: ['csv', 'image-folder', 'yolo-classify', 'label-me', 'cvat', 'label-studio'],
  boxes: ['coco', 'coco-counts', 'yolo', 'voc', 'label-me', 'cvat', 'label-studio', 'geojson'],
  masks: [
    'coco',
    'coco-counts',
    'coco-polygons',
    'yolo',
    'label-me',
    'cvat',
    'label-studio',
    'geojson',
    'png-semantic',
    'png-palette',
    'png-instance',
  ],
}
const scored: Dataset = {
  ...BOXES,
  images: BOXES.images.map((each) => ({ ...each, boxes: each.boxes.map((mark) => ({ ...mark, score: 0.75 })) })),
}
/** Folder names cannot hold every letter, so that format is tried with plain class names. */
const plain: Dataset = { ...ANSWERS, classes: ['red cell', 'white cell'] }

/** What a person would hand back: the label files, and the images where the format is told by their place. */
function filesOf(written: ReturnType<typeof writeAll>): FormatFile[] {
  return [...written.files, ...written.imagePaths.map((path) => ({ path, bytes: new Uint8Array(0) }))]
}

describe.each(HOLDS.answers)('classes in %s', (name) => {
  it('come back as they were written', () => {
    const dataset = name === 'image-folder' || name === 'yolo-classify' ? plain : ANSWERS
    const written = writeAll(name, dataset, 1003)
    const read = FORMATS[name].read(filesOf(written), { known: knownOf(dataset), family: 'classification' })
    expect({ written: written.problems, read: read.problems, unmatched: read.unmatched }).toEqual({
      written: [],
      read: [],
      unmatched: [],
    })
    expect(meaningOf(read.dataset)).toEqual(meaningOf(dataset))
  })
})

describe.each(HOLDS.boxes)('boxes in %s', (name) => {
  const options = { known: knownOf(BOXES), family: 'detection' } as const

  it('come back as they were written', () => {
    const written = writeAll(name, BOXES, 2000)
    const read = FORMATS[name].read(filesOf(written), options)
    expect({ written: written.problems, read: read.problems, unmatched: read.unmatched }).toEqual({
      written: [],
      read: [],
      unmatched: [],
    })
    expect(meaningOf(read.dataset)).toEqual(meaningOf(BOXES))
  })

  it('keep their scores, or the loss is named', () => {
    const written = writeAll(name, scored, 2000)
    const read = FORMATS[name].read(filesOf(written), options)
    const isLossNamed = written.problems.some((problem) => problem.reason === 'lost: scores')
    expect(meaningOf(read.dataset)).toEqual(meaningOf(isLossNamed ? BOXES : scored))
  })

  it('of unknown images are listed and not read', () => {
    const read = FORMATS[name].read(filesOf(writeAll(name, BOXES, 2000)), {
      known: [{ name: 'other.png', width: 8, height: 5 }],
    })
    expect(read.dataset.images).toEqual([])
    expect(read.unmatched).toHaveLength(2)
  })
})

describe.each(HOLDS.masks)('masks in %s', (name) => {
  it('come back pixel by pixel, with holes and parts', () => {
    const written = writeAll(name, MASKS, 3000)
    const read = FORMATS[name].read(filesOf(written), { known: knownOf(MASKS), family: 'segmentation' })
    expect(read.problems).toEqual([])
    expect(meaningOf(read.dataset)).toEqual(meaningOf(MASKS))
  })

  it('name what has no place', () => {
    const { problems } = writeAll(name, { ...MASKS, images: MASKS.images.map((i) => ({ ...i, tags: ['x'] })) }, 3000)
    expect(problems.filter((problem) => problem.reason === 'lost: tags')).toHaveLength(2)
  })
})

const framed: Dataset = {
  ...BOXES,
  images: [
    image('a.dcm', {
      frames: 4,
      boxes: [
        { class: 0, box: [1, 1, 2, 2] },
        { class: 1, box: [0, 0, 3, 3], frame: 3 },
      ],
    }),
  ],
}

describe.each(HOLDS.boxes)('boxes on frames in %s', (name) => {
  it('come back on their frames, and never on one that is not there', () => {
    const written = writeAll(name, framed, 2000)
    const known = [{ name: 'a.dcm', width: 8, height: 5, frames: 4 }]
    const read = FORMATS[name].read(written.files, { known, family: 'detection' })
    expect({ ...read.dataset.images[0], frames: 4 }).toMatchObject({
      boxes: expect.arrayContaining(framed.images[0]?.boxes ?? []),
    })
    const flat = FORMATS[name].read(written.files, { known: knownOf(framed), family: 'detection' })
    expect(flat.dataset.images[0]?.boxes).toHaveLength(1)
    expect(flat.unmatched).toHaveLength(1)
  })
})

describe.each(Object.keys(FORMATS) as FormatName[])('a damaged file of %s', (name) => {
  it('is a problem and never a failure', () => {
    const sample = HOLDS.boxes.includes(name) ? BOXES : HOLDS.masks.includes(name) ? MASKS : ANSWERS
    if (name === 'archive') return
    for (const file of writeAll(name, sample, 2000).files) {
      for (const cut of [0, 1, 10, file.bytes.length >> 1, file.bytes.length - 3]) {
        FORMATS[name].read([{ ...file, bytes: file.bytes.slice(0, cut) }], { known: knownOf(sample) })
        const changed = file.bytes.slice()
        changed[cut] = 0xff
        FORMATS[name].read([{ ...file, bytes: changed }], { known: knownOf(sample) })
      }
    }
    expect(FORMATS[name].read([], {}).problems).not.toEqual([])
  })
})
