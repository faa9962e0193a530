import type { PictureGeometry } from '@vesalius/imaging'
import type { Dataset, DatasetImage, KnownImage } from '../shape/dataset.ts'
import { CLASSES, drawMask, image, RING_AND_DOT } from './sample.ts'

const TILT = Math.SQRT1_2

/** A picture of a tilted series of 5 × 8 pixels: `first` counts its first frame from the start of the series. */
export function geometryOf(uid: string, first: number, frames = 1): PictureGeometry {
  const row = [1, 0, 0] as const
  const column = [0, TILT, TILT] as const
  const places = Array.from({ length: frames }, (_, index) => {
    const along = (first + index) * 3
    return { position: [-100.5, 20 - along * TILT, 30.25 + along * TILT] as const, row, column }
  })
  return {
    spacingMm: { row: 0.75, column: 0.5 },
    places,
    dicom: {
      sopClassUid: '1.2.840.10008.5.1.4.1.1.2',
      sopInstanceUid: `1.2.3.${uid}`,
      studyInstanceUid: '1.2.3.1',
      seriesInstanceUid: '1.2.3.2',
      frameOfReferenceUid: '1.2.3.3',
      shared: [
        { tag: 0x00080005, vr: 'CS', value: 'ISO_IR 100' },
        { tag: 0x00100010, vr: 'PN', value: 'M\u00fcller^Anna' },
        { tag: 0x00100020, vr: 'LO', value: 'P1' },
      ],
    },
  }
}

const DOT = drawMask(['........', '........', '...#....', '........', '........'])

/** Two slices of one series, and a picture of three frames of another place. */
export const SERIES: Dataset = {
  classes: CLASSES,
  images: [
    series('a.dcm', '10', 0, { masks: [{ class: 0, rle: RING_AND_DOT }] }),
    series('b.dcm', '11', 1, {
      masks: [
        { class: 0, rle: DOT },
        { class: 1, rle: RING_AND_DOT },
      ],
    }),
    series('c.dcm', '12', 2, {
      frames: 3,
      masks: [
        { class: 1, rle: DOT, frame: 2 },
        { class: 1, rle: RING_AND_DOT },
      ],
    }),
  ],
}

function series(name: string, uid: string, first: number, more: Partial<DatasetImage>): DatasetImage {
  return image(name, { frames: 1, geometry: geometryOf(uid, first, more.frames ?? 1), ...more })
}

export function placedOf({ images }: Dataset): KnownImage[] {
  return images.map(({ name, width, height, frames = 1, geometry }) => ({
    ...{ name, width, height, frames },
    ...(geometry ? { geometry } : {}),
  }))
}

/** Masks in one order, whatever order a format keeps them in. */
export function masksOf({ classes, images }: Dataset): string[] {
  return images
    .flatMap(({ name, masks }) => masks.map((mark) => `${name} ${mark.frame ?? 0} ${classes[mark.class]} ${mark.rle}`))
    .sort()
}
