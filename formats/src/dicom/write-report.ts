import { because, frameOf, rleArea } from '@vesalius/contracts'
import { type DataSet, type DicomIdentity, writeDicomNow } from '@vesalius/imaging'
import { traceMask } from '../mask/trace.ts'
import type { BoxMark, DatasetImage, MaskMark, OutFile, Writing } from '../shape/dataset.ts'
import { stemOf } from '../shape/names.ts'
import type { Problems } from '../shape/problems.ts'
import { type Attribute, dataSetOf } from './attributes.ts'
import { classCode, codeItem, isTooLong, ownCode, uidOf } from './codes.ts'
import {
  CONCEPT,
  codeOf,
  containerOf,
  dcm,
  type InstanceReference,
  imageOf,
  numberOf,
  polylineOf,
  sct,
  TAG,
  templateOf,
  textOf,
  uidRefOf,
} from './content.ts'
import { objectHead } from './object-head.ts'
import { TAG as OBJECT } from './tags.ts'

const COMPREHENSIVE_REPORT = '1.2.840.10008.5.1.4.1.1.88.33'
const NO_UNIT = { value: '1', scheme: 'UCUM', meaning: 'no units' }
const SQUARE_MILLIMETRES = { value: 'mm2', scheme: 'UCUM', meaning: 'square millimeter' }
export const SCORE = ownCode('SCORE', 'Score')

type Sourced = DatasetImage & { geometry: { dicom: DicomIdentity } }

/**
 * An "Imaging Measurement Report" for each picture that is a DICOM object: a measurement group for every box, mask or
 * answer, with its class as the finding, its outline, its area where the spacing is known, and its score.
 * Source: DICOM PS3.16 TID 1500, 1410, 1501; PS3.3 section A.35.3.
 */
export function* writeReports(writing: Writing): Generator<OutFile> {
  for (const image of writing.images()) {
    if (image.boxes.length + image.masks.length === 0 && !image.answer) continue
    const { geometry } = image
    if (geometry?.dicom) yield writeReport(image as Sourced, writing)
    else writing.problems.add(because`lost: marks of a picture that is no DICOM object`, { image: image.name })
  }
}

function writeReport(image: Sourced, { classes, problems }: Writing): OutFile {
  const groups = [
    ...(image.answer ? [answerGroup(image, classes[image.answer.class] ?? '')] : []),
    ...image.boxes.map((mark, index) => boxGroup(image, mark, index, classes)),
    ...image.masks.flatMap((mark, index) => maskGroups(image, mark, index, { classes, problems })),
  ]
  for (const name of usedNames(image, classes)) {
    if (isTooLong(name)) problems.add(because`the class "${name}" is cut to 64 letters`)
  }
  const { dicom } = image.geometry
  const seed = `${dicom.sopInstanceUid} ${JSON.stringify([image.answer, image.boxes, image.masks])}`
  const dataSet = dataSetOf([
    ...objectHead(dicom, {
      sopClassUid: COMPREHENSIVE_REPORT,
      sopInstanceUid: uidOf(`report ${seed}`),
      seriesInstanceUid: uidOf(`report series ${seed}`),
      modality: 'SR',
      seriesDescription: 'Annotations',
      madeAt: new Date(),
    }),
    [0x00081111, 'SQ', []],
    [0x0040a372, 'SQ', []],
    [0x0040a375, 'SQ', [evidenceOf(dicom)]],
    [0x0040a491, 'CS', 'COMPLETE'],
    [0x0040a493, 'CS', 'UNVERIFIED'],
    ...rootOf(groups),
  ])
  return { path: `reports/${stemOf(image.name)}.dcm`, bytes: writeDicomNow(dataSet) }
}

function rootOf(groups: readonly DataSet[]): (Attribute | null)[] {
  const language = { value: 'en', scheme: 'RFC5646', meaning: 'English' }
  const content = [
    codeOf('HAS CONCEPT MOD', dcm('121049', 'Language of Content Item and Descendants'), language),
    codeOf('HAS OBS CONTEXT', dcm('121005', 'Observer Type'), dcm('121007', 'Device')),
    uidRefOf('HAS OBS CONTEXT', dcm('121012', 'Device Observer UID'), uidOf('Vesalius')),
    textOf('HAS OBS CONTEXT', dcm('121013', 'Device Observer Name'), 'Vesalius'),
    codeOf('HAS CONCEPT MOD', dcm('121058', 'Procedure reported'), sct('363679005', 'Imaging procedure')),
    containerOf(CONCEPT.measurements, null, groups),
  ]
  return [
    [TAG.valueType, 'CS', 'CONTAINER'],
    [TAG.concept, 'SQ', [codeItem(CONCEPT.report)]],
    [TAG.continuity, 'CS', 'SEPARATE'],
    templateOf('1500'),
    [TAG.content, 'SQ', content],
  ]
}

function evidenceOf(dicom: DicomIdentity): DataSet {
  const instance = dataSetOf([
    [OBJECT.referencedSopClass, 'UI', dicom.sopClassUid],
    [OBJECT.referencedSopInstance, 'UI', dicom.sopInstanceUid],
  ])
  const series = dataSetOf([
    [OBJECT.seriesInstance, 'UI', dicom.seriesInstanceUid],
    [OBJECT.referencedSopSequence, 'SQ', [instance]],
  ])
  return dataSetOf([
    [0x0020000d, 'UI', dicom.studyInstanceUid],
    [OBJECT.referencedSeries, 'SQ', [series]],
  ])
}

/** A finding of the whole picture (TID 1501). */
function answerGroup(image: Sourced, name: string): DataSet {
  return containerOf(CONCEPT.group, '1501', [
    ...trackingOf(image, 'answer', name),
    codeOf('CONTAINS', CONCEPT.finding, classCode(name)),
    imageOf('CONTAINS', CONCEPT.source, referenceOf(image, null)),
  ])
}

function boxGroup(image: Sourced, mark: BoxMark, index: number, classes: readonly string[]): DataSet {
  const [x, y, width, height] = mark.box
  const points = [x, y, x + width, y, x + width, y + height, x, y + height, x, y]
  const name = classes[mark.class] ?? ''
  return regionGroup(image, mark, { key: `box ${index}`, name, points, area: width * height })
}

/** Each part of a mask is a region of its own under one tracking UID, by which they come together again. */
function maskGroups(
  image: Sourced,
  mark: MaskMark,
  index: number,
  { classes, problems }: { classes: readonly string[]; problems: Problems },
): DataSet[] {
  const size = [image.height, image.width] as const
  const polygons = traceMask(mark.rle, size)
  if (polygons.some((rings) => rings.length > 1)) problems.add(because`lost: holes of masks`, { image: image.name })
  const area = rleArea(mark.rle, size)
  return polygons.flatMap(([outer]) => {
    if (!outer) return []
    const points = [...outer, outer[0] ?? 0, outer[1] ?? 0]
    const name = classes[mark.class] ?? ''
    return [regionGroup(image, mark, { key: `mask ${index}`, name, points, area })]
  })
}

interface Region {
  key: string
  name: string
  points: readonly number[]
  /** Of the whole mark, in pixels. */
  area: number
}

function regionGroup(
  image: Sourced,
  mark: { frame?: number; score?: number },
  { key, name, points, area }: Region,
): DataSet {
  const { spacingMm } = image.geometry
  return containerOf(CONCEPT.group, '1410', [
    ...trackingOf(image, key, name),
    codeOf('CONTAINS', CONCEPT.finding, classCode(name)),
    polylineOf(CONCEPT.region, points, referenceOf(image, frameOf(mark))),
    ...(spacingMm ? [numberOf(CONCEPT.area, area * spacingMm.row * spacingMm.column, SQUARE_MILLIMETRES)] : []),
    ...(mark.score === undefined ? [] : [numberOf(SCORE, mark.score, NO_UNIT)]),
  ])
}

function trackingOf(image: Sourced, key: string, name: string): DataSet[] {
  return [
    textOf('HAS OBS CONTEXT', CONCEPT.trackingId, `${name} ${key}`),
    uidRefOf('HAS OBS CONTEXT', CONCEPT.trackingUid, uidOf(`${image.geometry.dicom.sopInstanceUid} ${key}`)),
  ]
}

function referenceOf(image: Sourced, frame: number | null): InstanceReference {
  const { sopClassUid, sopInstanceUid } = image.geometry.dicom
  const isOfSeveral = (image.frames ?? 1) > 1
  return { sopClassUid, sopInstanceUid, frame: isOfSeveral && frame !== null ? frame + 1 : null }
}

function usedNames(image: DatasetImage, classes: readonly string[]): Set<string> {
  const marks = [...image.boxes, ...image.masks, ...(image.answer ? [image.answer] : [])]
  return new Set(marks.map((mark) => classes[mark.class] ?? ''))
}
