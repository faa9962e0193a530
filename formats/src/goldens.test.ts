import { readFileSync } from 'node:fs'
import { encodeRle } from '@vesalius/contracts'
import type { PictureGeometry } from '@vesalius/imaging'
import { describe, expect, it } from 'vitest'
import { readCoco } from './coco/read-coco.ts'
import { readCvat } from './cvat/read-cvat.ts'
import { readReports } from './dicom/read-report.ts'
import { readSegmentations } from './dicom/read-segmentation.ts'
import { readLabelStudio } from './label-studio/read-label-studio.ts'
import { readNiftiMasks } from './nifti/read-nifti-masks.ts'
import type { FormatFile, KnownImage, ReadDataset } from './shape/dataset.ts'
import { textFile } from './text/text.ts'
import { readVoc } from './voc/read-voc.ts'
import { readYolo } from './yolo/read-yolo.ts'

/** Files that other programs made of one scene; the scripts beside them say how. */
const FOLDER = new URL('../goldens/', import.meta.url)
const SIZE = [5, 8] as const
const CLASSES = ['red cell', 'white cell']
const scene = JSON.parse(readFileSync(new URL('scene.json', FOLDER), 'utf8')) as Record<'red' | 'white', number[][]>
const red = encodeRle(scene.red.flat(), SIZE)
const white = encodeRle(scene.white.flat(), SIZE)

const golden = (name: string, path = name): FormatFile => ({ path, bytes: readFileSync(new URL(name, FOLDER)) })
const picture: KnownImage = { name: 'a.png', width: 8, height: 5 }
const slices: KnownImage[] = ['a.dcm', 'b.dcm'].map((name, index) => ({
  ...{ name, width: 8, height: 5, frames: 1 },
  geometry: { ...placed(index, 1), dicom: identity(`1.2.3.${10 + index}`) },
}))

function placed(first: number, frames: number): Pick<PictureGeometry, 'spacingMm' | 'places'> {
  const places = Array.from({ length: frames }, (_, index) => ({
    position: [-100.5, 20, 30.25 + 3 * (first + index)] as const,
    row: [1, 0, 0] as const,
    column: [0, 1, 0] as const,
  }))
  return { spacingMm: { row: 0.75, column: 0.5 }, places }
}

function identity(sopInstanceUid: string): PictureGeometry['dicom'] {
  const uids = { studyInstanceUid: '1.2.3.1', seriesInstanceUid: '1.2.3.2', frameOfReferenceUid: '1.2.3.3' }
  return { sopClassUid: '1.2.840.10008.5.1.4.1.1.2', sopInstanceUid, ...uids, shared: [] }
}

function masksOf({ dataset }: ReadDataset): string[] {
  return dataset.images.flatMap(({ name, masks }) =>
    masks.map((mark) => `${name} ${mark.frame ?? 0} ${dataset.classes[mark.class]} ${mark.rle}`),
  )
}
const TWO_SLICES = [`a.dcm 0 red cell ${red}`, `b.dcm 0 red cell ${white}`, `b.dcm 0 white cell ${red}`]

describe('highdicom', () => {
  it.each(['binary', 'labelmap'])('a %s segmentation is read pixel by pixel', (kind) => {
    const read = readSegmentations([golden(`highdicom-${kind}.dcm`)], { known: slices, family: 'segmentation' })
    expect(read.problems).toEqual([])
    // A label map holds one segment a pixel.
    const labelled = encodeRle(
      scene.white.flat().map((value, at) => (scene.red.flat()[at] ? 0 : value)),
      SIZE,
    )
    const wanted = kind === 'binary' ? TWO_SLICES : [TWO_SLICES[0], `b.dcm 0 red cell ${labelled}`, TWO_SLICES[2]]
    expect(masksOf(read).sort()).toEqual(wanted)
  })

  it('a fractional segmentation becomes masks at one half, and that is told', () => {
    const read = readSegmentations([golden('highdicom-fractional.dcm')], { known: slices, family: 'segmentation' })
    expect(masksOf(read).sort()).toEqual(TWO_SLICES)
    expect(read.problems).toMatchObject([
      {
        reason: 'fractions became a mask where at least half of the most is reached',
        file: 'highdicom-fractional.dcm',
      },
    ])
  })

  it('a segmentation of pictures with other UIDs is found by its place only where it names none', () => {
    const others = slices.map((each, index) => ({
      ...each,
      geometry: { ...placed(index, 1), dicom: identity(`9.9.${index}`) },
    }))
    const read = readSegmentations([golden('highdicom-binary.dcm')], { known: others, family: 'segmentation' })
    expect(read.dataset.images).toEqual([])
    expect(read.unmatched.sort()).toEqual(['1.2.3.10', '1.2.3.11'])
  })

  it('a report gives its region and finding; other measurements are named', () => {
    const read = readReports([golden('highdicom-report.dcm')], { known: slices, family: 'detection' })
    expect(read.dataset.classes).toEqual(['Mass'])
    expect(read.dataset.images).toMatchObject([{ name: 'a.dcm', boxes: [{ class: 0, box: [1, 0.5, 3, 2.25] }] }])
    expect(read.problems.map(({ reason }) => reason)).toEqual(['lost: Long axis 3.5 mm', 'lost: Margin'])
  })
})

describe('nibabel', () => {
  const volume: KnownImage = {
    name: 'v.dcm',
    width: 8,
    height: 5,
    frames: 2,
    geometry: { ...placed(0, 2), dicom: null },
  }
  const wanted = [`v.dcm 0 red cell ${red}`, `v.dcm 1 white cell ${white}`]

  it.each(['nibabel-canonical.nii.gz', 'nibabel-second.nii'])(
    '%s is laid back on the picture by its affine',
    (name) => {
      const file = golden(name, name.endsWith('.gz') ? 'v.nii.gz' : 'v.nii')
      const read = readNiftiMasks([file], { known: [volume], classes: CLASSES, family: 'segmentation' })
      expect(read.problems).toEqual([])
      expect(masksOf(read)).toEqual(wanted)
    },
  )

  it('a volume whose direction cannot be compared is taken as it lies, and that is told', () => {
    const { geometry: _, ...plain } = volume
    const read = readNiftiMasks([golden('nibabel-second.nii', 'v.nii')], { known: [plain], classes: CLASSES })
    expect(masksOf(read)).toEqual(wanted)
    expect(read.problems).toHaveLength(1)
  })
})

it('pycocotools: both kinds of run lengths, and a polygon that covers what it drew', () => {
  const read = readCoco([golden('pycocotools.json')], { known: [picture], family: 'segmentation' })
  expect(read.problems).toEqual([])
  const drawn = encodeRle(
    Array.from({ length: 40 }, (_, at) => Number(at % 8 >= 2 && at % 8 < 6 && at >= 8 && at < 32)),
    SIZE,
  )
  const masks = [red, red, white, white].map((rle, index) => `a.png 0 ${CLASSES[index >> 1]} ${rle}`)
  expect(masksOf(read)).toEqual([...masks, `a.png 0 red cell ${drawn}`])
})

it('Label Studio: brush masks of an annotation, or of a prediction with its score', () => {
  const options = { known: [picture], family: 'segmentation' } as const
  expect(masksOf(readLabelStudio([golden('label-studio.json')], options))).toEqual([`a.png 0 red cell ${red}`])
  const guesses = readLabelStudio([golden('label-studio.json')], { ...options, content: 'guesses' })
  expect(masksOf(guesses)).toEqual([`a.png 0 white cell ${white}`])
  expect(guesses.dataset.images[0]?.masks[0]?.score).toBe(0.5)
})

describe('Datumaro', () => {
  const BOXES = [
    { class: 0, box: [1, 0.5, 3, 2.25] },
    { class: 1, box: [4, 1, 2, 3] },
  ]

  it('CVAT, Pascal VOC and YOLO give its boxes', () => {
    const options = { known: [{ ...picture }], family: 'detection' } as const
    const cvat = readCvat([golden('datumaro-cvat.xml')], options)
    expect(cvat.dataset.images[0]?.boxes.slice(0, 2)).toEqual(BOXES)
    expect(cvat.dataset.images[0]?.answer).toEqual({ class: 1 })
    expect(readVoc([golden('datumaro-voc.xml')], options).dataset.images[0]?.boxes).toEqual(BOXES)
    const names = textFile('classes.txt', readFileSync(new URL('datumaro-yolo-names.txt', FOLDER), 'utf8'))
    const yolo = readYolo([golden('datumaro-yolo.txt', 'a.txt'), names], options)
    expect(yolo.dataset.images[0]?.boxes).toEqual(BOXES)
  })

  it('COCO gives its outline', () => {
    const read = readCoco([golden('datumaro-coco.json')], { known: [{ ...picture }], family: 'segmentation' })
    expect(read.problems).toEqual([])
    expect(read.dataset.images[0]?.masks).toHaveLength(1)
  })
})
