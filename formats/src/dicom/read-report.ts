import { because, type Reason } from '@vesalius/contracts'
import { ellipseRing } from '../mask/ellipse.ts'
import type { Polygon } from '../mask/rasterise.ts'
import type { FormatFile, ReadDataset, ReadOptions, Where } from '../shape/dataset.ts'
import { DatasetBuilder } from '../shape/dataset-builder.ts'
import { FormatError } from '../shape/problems.ts'
import { readCode } from './codes.ts'
import {
  CONCEPT,
  type ContentItem,
  isConcept,
  readContent,
  readItemText,
  readPoints,
  readReference,
  TAG,
} from './content.ts'
import { KnownInstances } from './known-instances.ts'
import { isDicomPath, readObject } from './read-object.ts'
import { TAG as OBJECT } from './tags.ts'
import { SCORE } from './write-report.ts'

/**
 * Measurement groups of reports by TID 1500: the finding is the class; regions in the picture's own pixels are boxes or
 * masks, and a group without any speaks of the whole picture. Everything else in a group is named as lost.
 * Source: DICOM PS3.16 TID 1500, 1410, 1411, 1501; PS3.3 section C.18.6.
 */
export function readReports(files: readonly FormatFile[], options: ReadOptions = {}): ReadDataset {
  const builder = new DatasetBuilder(options)
  const known = new KnownInstances(options)
  builder.eachFile(files, isDicomPath, (file) => {
    const { dataSet } = readObject(file)
    if (dataSet.text(TAG.valueType) !== 'CONTAINER') throw new FormatError(because`the object is no report`)
    const characterSet = dataSet.text(OBJECT.characterSet)
    const reader = { builder, known, characterSet, regions: new Map<string, Region>(), options }
    const groups = findGroups(readContent(dataSet, characterSet))
    if (groups.length === 0) builder.problems.add(because`the report holds no measurement group`, { file: file.path })
    for (const [index, group] of groups.entries())
      readGroup(reader, group, { file: `${file.path}, group ${index + 1}` })
    addRegions(reader)
  })
  return builder.result()
}

interface Region {
  uid: string
  frame: number
  className: string
  polygons: Polygon[]
  score: number | undefined
  where: Where
}

interface Reader {
  builder: DatasetBuilder
  known: KnownInstances
  characterSet: string | null
  regions: Map<string, Region>
  options: ReadOptions
}

function findGroups(item: ContentItem): ContentItem[] {
  if (isConcept(item, CONCEPT.group)) return [item]
  return item.children.flatMap(findGroups)
}

function readGroup(reader: Reader, group: ContentItem, where: Where): void {
  const { builder, characterSet } = reader
  let className: string | null = null
  let tracking: string | null = null
  let score: number | undefined
  const regions: ContentItem[] = []
  const sources: ContentItem[] = []
  for (const child of group.children) {
    const name = child.concept?.meaning ?? child.valueType
    if (isConcept(child, CONCEPT.finding)) {
      className =
        readCode(child.dataSet.items(TAG.conceptCode)[0], characterSet)?.meaning ?? readItemText(child, characterSet)
    } else if (isConcept(child, CONCEPT.trackingUid)) tracking = child.dataSet.text(TAG.uid)
    else if (isConcept(child, CONCEPT.trackingId)) continue
    else if (child.valueType === 'SCOORD') regions.push(child)
    else if (child.valueType === 'IMAGE') sources.push(child)
    else if (isConcept(child, SCORE)) score = readNumber(child)
    // Its own outline says the area already.
    else if (!isConcept(child, CONCEPT.area)) builder.problems.add(because`lost: ${name}${wordsOf(child)}`, where)
  }
  if (!className) {
    builder.problems.add(because`the group has no finding`, where)
    return
  }
  for (const region of regions) noteRegion(reader, region, { className, tracking, score, where })
  if (regions.length === 0) addAnswer(reader, sources, className, where)
}

function addAnswer({ builder, known }: Reader, sources: ContentItem[], className: string, where: Where) {
  const reference = sources.map(readReference).find((found) => found !== null)
  if (!reference) return builder.problems.add(because`the group names no picture`, where)
  const image = known.byUid(reference.uid)
  if (!image) return builder.unmatched(reference.uid)
  const target = builder.frame(image, 0, null, where)
  if (target) builder.addAnswer(target, className, where)
}

function noteRegion(
  { builder, regions }: Reader,
  region: ContentItem,
  found: { className: string; tracking: string | null; score: number | undefined; where: Where },
) {
  const { className, tracking, score, where } = found
  const source = region.children.find((child) => child.valueType === 'IMAGE')
  const reference = source ? readReference(source) : null
  if (!reference) return builder.problems.add(because`the region names no picture`, where)
  const ring = outlineOf(region)
  if (!Array.isArray(ring)) return builder.problems.add(ring, where)
  const key = `${tracking ?? where.file} ${className} ${reference.uid} ${reference.frame}`
  const known = regions.get(key)
  if (known) known.polygons.push([ring])
  else regions.set(key, { ...reference, className, polygons: [[ring]], score, where })
}

function addRegions({ builder, known, regions }: Reader): void {
  for (const { uid, frame, className, polygons, score, where } of regions.values()) {
    const image = known.byUid(uid)
    if (!image) builder.unmatched(uid)
    else {
      const target = builder.frame(image, frame, null, where)
      if (target) builder.addPolygons(target, className, polygons, where, score)
    }
  }
}

/** The closed outline of a region, x and y in turns; or why there is none. */
function outlineOf(region: ContentItem): number[] | Reason {
  const type = region.dataSet.text(TAG.graphicType) ?? ''
  const points = readPoints(region)
  const [x = 0, y = 0, x2 = 0, y2 = 0] = points
  switch (type) {
    case 'POLYLINE': {
      if (x !== points.at(-2) || y !== points.at(-1)) return because`an open line is no region`
      return points.slice(0, -2)
    }
    case 'CIRCLE': {
      const radius = Math.hypot(x2 - x, y2 - y)
      return ellipseRing(x, y, radius, radius)
    }
    case 'ELLIPSE': {
      const [, , , , x3 = 0, y3 = 0, x4 = 0, y4 = 0] = points
      const turn = (Math.atan2(y2 - y, x2 - x) * 180) / Math.PI
      return ellipseRing(
        (x + x2) / 2,
        (y + y2) / 2,
        Math.hypot(x2 - x, y2 - y) / 2,
        Math.hypot(x4 - x3, y4 - y3) / 2,
        turn,
      )
    }
    default:
      return because`a region of type "${type}" is not read`
  }
}

function readNumber({ dataSet }: ContentItem): number | undefined {
  return dataSet.items(TAG.measured)[0]?.decimals(TAG.numeric)?.[0]
}

function wordsOf(item: ContentItem): string {
  if (item.valueType !== 'NUM') return ''
  const measured = item.dataSet.items(TAG.measured)[0]
  const unit = readCode(measured?.items(TAG.units)[0], null)?.value ?? ''
  return ` ${readNumber(item) ?? ''} ${unit}`.trimEnd()
}
