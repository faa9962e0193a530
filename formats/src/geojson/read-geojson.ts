import { because } from '@vesalius/contracts'
import { z } from 'zod'
import type { Polygon } from '../mask/rasterise.ts'
import type { DatasetImage, FormatFile, ReadDataset, ReadOptions, Where } from '../shape/dataset.ts'
import { DatasetBuilder } from '../shape/dataset-builder.ts'
import { stemOf } from '../shape/names.ts'
import { firstIssue, readJson } from '../text/text.ts'

const Point = z.array(z.number()).min(2).max(4)
const Rings = z.array(z.array(Point).max(1_000_000)).max(100_000)
const Geometry = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('Polygon'), coordinates: Rings }),
  z.looseObject({ type: z.literal('MultiPolygon'), coordinates: z.array(Rings).max(100_000) }),
])
const Properties = z.looseObject({
  classification: z.looseObject({ name: z.string().optional(), names: z.array(z.string()).optional() }).nullish(),
  measurements: z.unknown().optional(),
})
const Feature = z.looseObject({
  type: z.literal('Feature'),
  geometry: z.looseObject({ type: z.string() }),
  properties: Properties.nullish(),
})
const Features = z.array(z.unknown()).max(2_000_000)
const GeoJson = z.union([
  Features,
  z.looseObject({ type: z.literal('FeatureCollection'), features: Features }).transform(({ features }) => features),
  Feature.transform((feature) => [feature]),
])

/** GeoJSON in pixels, a file per image with its name; an object without a classification is a problem. */
export function readGeojson(files: readonly FormatFile[], options: ReadOptions = {}): ReadDataset {
  const builder = new DatasetBuilder(options)
  builder.eachFile(
    files,
    (path) => /\.(geojson|json)$/.test(path),
    (file) => {
      const features = readJson(file, GeoJson)
      const image = builder.imageByStem(stemOf(file.path), null, { file: file.path })
      if (!image) return
      features.forEach((feature, index) => {
        const where = { file: `${file.path}, features[${index}]` }
        const parsed = Feature.safeParse(feature)
        if (parsed.success) addFeature(builder, image, parsed.data, where)
        else builder.problems.add(firstIssue(parsed.error), where)
      })
    },
  )
  return builder.result()
}

function addFeature(
  builder: DatasetBuilder,
  image: DatasetImage,
  feature: z.infer<typeof Feature>,
  where: Where,
): void {
  const place = { ...where, image: image.name }
  const geometry = Geometry.safeParse(feature.geometry)
  if (!geometry.success) {
    builder.problems.add(because`a geometry of type "${feature.geometry.type}" is not read`, place)
    return
  }
  const { classification, measurements } = feature.properties ?? {}
  const name = classification?.name ?? classification?.names?.join(': ')
  if (name === undefined) {
    builder.problems.add(because`the object has no classification`, place)
    return
  }
  const parts = geometry.data.type === 'Polygon' ? [geometry.data.coordinates] : geometry.data.coordinates
  const polygons: Polygon[] = parts.map((rings) => rings.map(openRing))
  builder.addPolygons(image, name, polygons, where, readScore(measurements))
}

function openRing(points: number[][]): number[] {
  const [first, last] = [points[0], points.at(-1)]
  const isClosed = points.length > 1 && first?.[0] === last?.[0] && first?.[1] === last?.[1]
  return (isClosed ? points.slice(0, -1) : points).flatMap(([x = 0, y = 0]) => [x, y])
}

function readScore(measurements: unknown): number | undefined {
  if (typeof measurements !== 'object' || measurements === null || !('score' in measurements)) return undefined
  return typeof measurements.score === 'number' ? measurements.score : undefined
}
