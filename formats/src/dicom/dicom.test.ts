import { createUidReplacer, readDicomNow } from '@vesalius/imaging'
import { describe, expect, it } from 'vitest'
import type { Dataset } from '../shape/dataset.ts'
import { BOXES, CLASSES, drawMask, image } from '../testing/sample.ts'
import { geometryOf, masksOf, placedOf, SERIES } from '../testing/series.ts'
import { writeAll } from '../testing/write-all.ts'
import { readReports } from './read-report.ts'
import { readSegmentations } from './read-segmentation.ts'
import { TAG } from './tags.ts'

const known = placedOf(SERIES)

describe('segmentation objects', () => {
  const written = writeAll('dicom-seg', SERIES, 3001)

  it('come back pixel by pixel, on their pictures and frames, one object a series', () => {
    expect(written.files.map(({ path }) => path)).toEqual(['segmentations/0001-a.dcm'])
    const read = readSegmentations(written.files, { known, family: 'segmentation' })
    expect({ read: read.problems, written: written.problems }).toEqual({ read: [], written: [] })
    expect(masksOf(read.dataset)).toEqual(masksOf(SERIES))
  })

  it('keep spacing, direction, sources and patient of the pictures', () => {
    const [file] = written.files
    const { dataSet } = readDicomNow(file?.bytes ?? new Uint8Array(0))
    const shared = dataSet.items(TAG.sharedGroups)[0]
    expect(shared?.items(TAG.pixelMeasures)[0]?.decimals(TAG.pixelSpacing)).toEqual([0.75, 0.5])
    expect(shared?.items(TAG.planeOrientations)[0]?.decimals(TAG.imageOrientation)?.[4]).toBeCloseTo(Math.SQRT1_2, 10)
    const sources = dataSet.items(TAG.referencedSeries)[0]?.items(TAG.referencedInstances)
    expect(sources?.map((item) => item.text(TAG.referencedSopInstance))).toEqual(['1.2.3.10', '1.2.3.11', '1.2.3.12'])
    expect(new TextDecoder().decode(dataSet.bytes(0x00100010) ?? undefined).trim()).toBe('Müller^Anna')
    expect(dataSet.text(TAG.frameOfReference)).toBe('1.2.3.3')
  })

  it('made of the originals find pictures whose UIDs were replaced on arrival, and no others', async () => {
    const replace = createUidReplacer('secret')
    const renamed = await Promise.all(
      known.map(async (each) => {
        const { geometry } = each
        if (!geometry?.dicom) return each
        const dicom = { ...geometry.dicom, sopInstanceUid: await replace(geometry.dicom.sopInstanceUid) }
        return { ...each, geometry: { ...geometry, dicom } }
      }),
    )
    const options = { known: renamed, family: 'segmentation' } as const
    const found = readSegmentations(written.files, { ...options, uidSecret: 'secret' })
    expect(masksOf(found.dataset)).toEqual(masksOf(SERIES))
    const lost = readSegmentations(written.files, { ...options, uidSecret: 'other' })
    expect(lost.dataset.images).toEqual([])
    expect(lost.unmatched).toEqual(['1.2.3.10', '1.2.3.11', '1.2.3.12'])
  })

  it('of several cells of a class are segments of their own; without a place they say none', () => {
    const { dicom } = geometryOf('20', 0)
    const masks = [
      { class: 0, rle: drawMask(['##......', '........', '........', '........', '........']) },
      { class: 0, rle: drawMask(['......##', '........', '........', '........', '........']) },
    ]
    const cells: Dataset = {
      classes: CLASSES,
      images: [image('cell.dcm', { masks, geometry: { spacingMm: null, places: null, dicom } })],
    }
    const { files, problems } = writeAll('dicom-seg', cells, 3004)
    const { dataSet } = readDicomNow(files[0]?.bytes ?? new Uint8Array(0))
    expect(problems).toEqual([])
    expect(dataSet.items(TAG.segments)).toHaveLength(2)
    expect(dataSet.text(TAG.frameOfReference)).toBeNull()
    expect(dataSet.items(TAG.sharedGroups)[0]?.elements.size).toBe(0)
    const read = readSegmentations(files, { known: placedOf(cells), family: 'segmentation' })
    expect(masksOf(read.dataset)).toEqual(masksOf(cells))
  })

  it('need pictures that are DICOM objects, and say so', () => {
    const plain = { ...SERIES, images: SERIES.images.map(({ geometry: _, ...rest }) => rest) }
    const { files, problems } = writeAll('dicom-seg', plain, 3001)
    expect(files).toEqual([])
    expect(problems).toHaveLength(3)
  })
})

describe('reports by TID 1500', () => {
  it('hold masks as outlines, by picture and frame', () => {
    const solid = {
      ...SERIES,
      images: SERIES.images.map((each) => ({
        ...each,
        masks: each.masks.map((mark) => ({
          ...mark,
          rle: drawMask(['........', '.###....', '.####.##', '........', '........']),
          score: 0.625,
        })),
      })),
    }
    const written = writeAll('dicom-sr', solid, 3001)
    const read = readReports(written.files, { known, family: 'segmentation' })
    expect({ read: read.problems, written: written.problems }).toEqual({ read: [], written: [] })
    expect(masksOf(read.dataset)).toEqual(masksOf(solid))
    expect(read.dataset.images[0]?.masks[0]?.score).toBe(0.625)
  })

  it('hold boxes to the last digit, and answers', () => {
    const boxes: Dataset = {
      classes: CLASSES,
      images: BOXES.images.map((each, index) => ({ ...each, frames: 1, geometry: geometryOf(`3${index}`, 0) })),
    }
    const written = writeAll('dicom-sr', boxes, 2000)
    const read = readReports(written.files, { known: placedOf(boxes), family: 'detection' })
    expect(read.problems).toEqual([])
    expect(read.dataset.images.map((each) => each.boxes.map(({ box }) => box))).toEqual(
      boxes.images.map((each) => each.boxes.map(({ box }) => box)),
    )
    const answered = { ...boxes, images: boxes.images.map((each) => ({ ...each, boxes: [], answer: { class: 1 } })) }
    const again = readReports(writeAll('dicom-sr', answered, 1003).files, {
      known: placedOf(boxes),
      family: 'classification',
    })
    expect(again.dataset.images.map(({ answer }) => again.dataset.classes[answer?.class ?? -1])).toEqual([
      CLASSES[1],
      CLASSES[1],
    ])
  })

  it('name what is lost: holes, and pictures that are no DICOM objects', () => {
    expect(writeAll('dicom-sr', SERIES, 3001).problems).toContainEqual(
      expect.objectContaining({ reason: 'lost: holes of masks', image: 'a.dcm' }),
    )
    expect(writeAll('dicom-sr', BOXES, 2000).problems).toHaveLength(2)
  })
})
