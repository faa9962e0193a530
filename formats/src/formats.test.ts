import type { FormatName } from '@vesalius/contracts'
import { describe, expect, it } from 'vitest'
import { FORMATS } from './formats.ts'
import type { Dataset, FormatFile, Written } from './shape/dataset.ts'
import { ANSWERS, BOXES, knownOf, MASKS, meaningOf } from './testing/sample.ts'

const HOLDS: Record<'answers' | 'boxes' | 'masks', FormatName[]> = {
  answers: ['csv', 'image-folder', 'label-me', 'cvat', 'label-studio'],
  boxes: ['coco', 'yolo', 'voc', 'label-me', 'cvat', 'label-studio', 'geojson'],
  masks: [
    'coco',
    'coco-polygons',
    'yolo',
    'label-me',
    'cvat',
    'label-studio',
    'geojson',
    'png-semantic',
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
function filesOf(written: Written): FormatFile[] {
  return [...written.files, ...written.imagePaths.map((path) => ({ path, bytes: new Uint8Array(0) }))]
}

describe.each(HOLDS.answers)('classes in %s', (name) => {
  it('come back as they were written', () => {
    const dataset = name === 'image-folder' ? plain : ANSWERS
    const written = FORMATS[name].write(dataset, 1003)
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
    const written = FORMATS[name].write(BOXES, 2000)
    const read = FORMATS[name].read(filesOf(written), options)
    expect({ written: written.problems, read: read.problems, unmatched: read.unmatched }).toEqual({
      written: [],
      read: [],
      unmatched: [],
    })
    expect(meaningOf(read.dataset)).toEqual(meaningOf(BOXES))
  })

  it('keep their scores, or the loss is named', () => {
    const written = FORMATS[name].write(scored, 2000)
    const read = FORMATS[name].read(filesOf(written), options)
    const isLossNamed = written.problems.some((problem) => problem.reason === 'lost: scores')
    expect(meaningOf(read.dataset)).toEqual(meaningOf(isLossNamed ? BOXES : scored))
  })

  it('of unknown images are listed and not read', () => {
    const read = FORMATS[name].read(filesOf(FORMATS[name].write(BOXES, 2000)), {
      known: [{ name: 'other.png', width: 8, height: 5 }],
    })
    expect(read.dataset.images).toEqual([])
    expect(read.unmatched).toHaveLength(2)
  })
})

describe.each(HOLDS.masks)('masks in %s', (name) => {
  it('come back pixel by pixel, with holes and parts', () => {
    const written = FORMATS[name].write(MASKS, 3000)
    const read = FORMATS[name].read(filesOf(written), { known: knownOf(MASKS), family: 'segmentation' })
    expect(read.problems).toEqual([])
    expect(meaningOf(read.dataset)).toEqual(meaningOf(MASKS))
  })

  it('name what has no place', () => {
    const { problems } = FORMATS[name].write(
      { ...MASKS, images: MASKS.images.map((i) => ({ ...i, tags: ['x'] })) },
      3000,
    )
    expect(problems.filter((problem) => problem.reason === 'lost: tags')).toHaveLength(2)
  })
})

describe.each(Object.keys(FORMATS) as FormatName[])('a damaged file of %s', (name) => {
  it('is a problem and never a failure', () => {
    const sample = HOLDS.boxes.includes(name) ? BOXES : HOLDS.masks.includes(name) ? MASKS : ANSWERS
    if (name === 'archive') return
    for (const file of FORMATS[name].write(sample, 2000).files) {
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
