import type { Ring } from '../mask/rasterise.ts'
import { traceMask } from '../mask/trace.ts'
import type { DatasetImage, OutFile, Writing } from '../shape/dataset.ts'
import { stemOf } from '../shape/names.ts'
import { jsonFile } from '../text/text.ts'

/** A GeoJSON file per image as QuPath reads it: annotations in pixels, each with its classification. */
export function* writeGeojson({ classes, images }: Writing): Generator<OutFile> {
  for (const image of images()) {
    const value = { type: 'FeatureCollection', features: features(image, classes) }
    yield jsonFile(`${stemOf(image.name)}.geojson`, value)
  }
}

function features(image: DatasetImage, classes: readonly string[]): object[] {
  const feature = (mark: { class: number; score?: number }, geometry: object) => ({
    type: 'Feature',
    geometry,
    properties: {
      objectType: 'annotation',
      classification: { name: classes[mark.class] ?? '' },
      ...(mark.score === undefined ? {} : { measurements: { score: mark.score } }),
    },
  })
  const boxes = image.boxes.map((mark) => {
    const [x, y, w, h] = mark.box
    const ring = closed([x, y, x + w, y, x + w, y + h, x, y + h])
    return feature(mark, { type: 'Polygon', coordinates: [ring] })
  })
  const masks = image.masks.map((mark) => {
    const polygons = traceMask(mark.rle, [image.height, image.width]).map((rings) => rings.map(closed))
    const [only] = polygons
    if (polygons.length === 1) return feature(mark, { type: 'Polygon', coordinates: only })
    return feature(mark, { type: 'MultiPolygon', coordinates: polygons })
  })
  return [...boxes, ...masks]
}

/** Points whose last is the first again (RFC 7946, section 3.1.6). */
function closed(ring: Ring): number[][] {
  const points = Array.from({ length: ring.length / 2 }, (_, at) => ring.slice(at * 2, at * 2 + 2))
  return [...points, ring.slice(0, 2)]
}
