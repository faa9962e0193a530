import { because, frameOf } from '@vesalius/contracts'
import { type DataSet, type DicomIdentity, type FramePlace, type Vector, writeDicomNow } from '@vesalius/imaging'
import { rleRuns } from '../mask/runs.ts'
import type { DatasetImage, MaskMark, OutFile, Writing } from '../shape/dataset.ts'
import { stemOf } from '../shape/names.ts'
import { type Attribute, dataSetOf } from './attributes.ts'
import { classCode, codeItem, isTooLong, shorten, uidOf } from './codes.ts'
import { objectHead } from './object-head.ts'
import { segmentCategory } from './segment-category.ts'
import { TAG } from './tags.ts'

const SEGMENTATION = '1.2.840.10008.5.1.4.1.1.66.4'
const MOST_SEGMENTS = 65_535

/** A frame of the object: the pixels of one segment on one frame of a source picture. */
interface SegmentFrame {
  segment: number
  source: DatasetImage
  frame: number
  mask: MaskMark
}

interface Segment {
  class: number
  /** Of several objects of a class: which. */
  instance: number
}

type Sourced = DatasetImage & { geometry: { dicom: DicomIdentity } }

/**
 * Binary segmentation objects, one for the pictures of a series that follow each other with the same size and direction.
 * A class is one segment wherever a picture has one mask of it; of several, each further one is a segment of its own.
 * Spacing, place and direction are those of the pictures, and missing where theirs are.
 * Source: DICOM PS3.3 sections A.51 and C.8.20.
 */
export function* writeSegmentations(writing: Writing): Generator<OutFile> {
  let group: Sourced[] = []
  let written = 0
  for (const image of writing.images()) {
    if (image.masks.length === 0) continue
    if (!hasSource(image)) {
      writing.problems.add(because`lost: masks of a picture that is no DICOM object, which nothing could refer to`, {
        image: image.name,
      })
      continue
    }
    const [first] = group
    if (first && !belongsTo(first, image)) {
      written += 1
      yield writeObject(group, writing, written)
      group = []
    }
    group.push(image)
  }
  if (group.length > 0) yield writeObject(group, writing, written + 1)
}

function hasSource(image: DatasetImage): image is Sourced {
  return image.geometry?.dicom !== undefined && image.geometry.dicom !== null
}

function belongsTo(first: Sourced, image: Sourced): boolean {
  const [a, b] = [first.geometry, image.geometry]
  return (
    a.dicom.seriesInstanceUid === b.dicom.seriesInstanceUid &&
    first.width === image.width &&
    first.height === image.height &&
    JSON.stringify(a.spacingMm) === JSON.stringify(b.spacingMm) &&
    JSON.stringify(directionOf(first)) === JSON.stringify(directionOf(image))
  )
}

/** The direction all frames of a picture share; null where they do not, or do not say. */
function directionOf({ geometry }: DatasetImage): number[] | null {
  const [first, ...others] = (geometry?.places ?? []).map(({ row, column }) => [...row, ...column])
  return first && others.every((other) => other.join() === first.join()) ? first : null
}

function writeObject(group: Sourced[], { classes, imageType, problems }: Writing, number: number): OutFile {
  const [first] = group
  if (!first) throw new TypeError('a segmentation of nothing')
  const { segments, frames } = listFrames(group)
  for (const name of new Set(segments.map((segment) => classes[segment.class] ?? ''))) {
    if (isTooLong(name)) problems.add(because`the class "${name}" is cut to 64 letters`)
  }
  const pixels = packFrames(frames, first.width * first.height)
  const seed = `${first.geometry.dicom.sopInstanceUid} ${uidOf(pixels)} ${segments.length}`
  const uid = uidOf(`instance ${seed}`)
  const direction = directionOf(first)
  const isPlaced = direction !== null && group.every((image) => image.geometry.places !== null)
  const reference = isPlaced ? first.geometry.dicom.frameOfReferenceUid : null
  const dimension = uidOf(`dimension ${seed}`)
  const dataSet = dataSetOf([
    ...objectHead(first.geometry.dicom, {
      sopClassUid: SEGMENTATION,
      sopInstanceUid: uid,
      seriesInstanceUid: uidOf(`series ${seed}`),
      modality: 'SEG',
      seriesDescription: 'Annotations',
      madeAt: new Date(),
    }),
    [TAG.imageType, 'CS', 'DERIVED\\PRIMARY'],
    reference ? [TAG.frameOfReference, 'UI', reference] : null,
    reference ? [TAG.positionReference, 'LO', ''] : null,
    [TAG.samplesPerPixel, 'US', [1]],
    [TAG.photometric, 'CS', 'MONOCHROME2'],
    [TAG.frames, 'IS', String(frames.length)],
    [TAG.rows, 'US', [first.height]],
    [TAG.columns, 'US', [first.width]],
    [TAG.bitsAllocated, 'US', [1]],
    [TAG.bitsStored, 'US', [1]],
    [TAG.highBit, 'US', [0]],
    [TAG.pixelRepresentation, 'US', [0]],
    [TAG.lossy, 'CS', '00'],
    [TAG.segmentationType, 'CS', 'BINARY'],
    [
      TAG.segments,
      'SQ',
      segments.map((segment, index) => describeSegment(segment, index, { classes, imageType, seed })),
    ],
    [TAG.contentLabel, 'CS', 'SEGMENTATION'],
    [TAG.contentDescription, 'LO', ''],
    [TAG.contentCreator, 'PN', ''],
    [TAG.referencedSeries, 'SQ', [describeSeries(group)]],
    [TAG.dimensionOrganizations, 'SQ', [dataSetOf([[TAG.dimensionOrganizationUid, 'UI', dimension]])]],
    [TAG.dimensionIndices, 'SQ', describeDimensions(dimension, isPlaced)],
    [TAG.sharedGroups, 'SQ', [describeShared(group, reference ? direction : null)]],
    [TAG.perFrameGroups, 'SQ', describeFrames(frames, reference !== null)],
    [TAG.pixelData, 'OB', pixels],
  ])
  const name = `${String(number).padStart(4, '0')}-${stemOf(first.name)}`
  return { path: `segmentations/${name}.dcm`, bytes: writeDicomNow(dataSet) }
}

function listFrames(group: readonly Sourced[]): { segments: Segment[]; frames: SegmentFrame[] } {
  const segments: Segment[] = []
  const places = new Map<string, number>()
  const frames: SegmentFrame[] = []
  for (const source of group) {
    const seen = new Map<string, number>()
    for (const mask of source.masks) {
      const frame = frameOf(mask)
      const instance = seen.get(`${mask.class} ${frame}`) ?? 0
      seen.set(`${mask.class} ${frame}`, instance + 1)
      const key = `${mask.class} ${instance}`
      let place = places.get(key)
      if (place === undefined) {
        if (segments.length >= MOST_SEGMENTS) throw new RangeError(`more than ${MOST_SEGMENTS} segments`)
        segments.push({ class: mask.class, instance })
        place = segments.length
        places.set(key, place)
      }
      frames.push({ segment: place, source, frame, mask })
    }
  }
  return { segments, frames: frames.sort((a, b) => a.segment - b.segment) }
}

function packFrames(frames: readonly SegmentFrame[], pixels: number): Uint8Array {
  const bytes = new Uint8Array(Math.ceil((pixels * frames.length) / 8))
  for (const [index, { mask, source }] of frames.entries()) {
    const { width, height } = source
    const runs = rleRuns(mask.rle, [height, width])
    for (let at = 0; at < runs.length; at += 2) {
      for (let place = runs[at] ?? 0; place < (runs[at + 1] ?? 0); place += 1) {
        const bit = index * pixels + (place % height) * width + Math.floor(place / height)
        bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) | (1 << (bit & 7))
      }
    }
  }
  return bytes
}

function describeSegment(
  segment: Segment,
  index: number,
  { classes, imageType, seed }: Pick<Writing, 'classes' | 'imageType'> & { seed: string },
): DataSet {
  const name = classes[segment.class] ?? ''
  return dataSetOf([
    [TAG.segmentCategory, 'SQ', [codeItem(segmentCategory(imageType))]],
    [TAG.segmentNumber, 'US', [index + 1]],
    [TAG.segmentLabel, 'LO', shorten(name)],
    [TAG.segmentAlgorithm, 'CS', 'MANUAL'],
    [TAG.segmentType, 'SQ', [codeItem(classCode(name))]],
    [TAG.trackingId, 'UT', `${name} ${segment.instance + 1}`],
    [TAG.trackingUid, 'UI', uidOf(`segment ${index} ${seed}`)],
  ])
}

function reference({ geometry }: Sourced): Attribute[] {
  return [
    [TAG.referencedSopClass, 'UI', geometry.dicom.sopClassUid],
    [TAG.referencedSopInstance, 'UI', geometry.dicom.sopInstanceUid],
  ]
}

function describeSeries(group: readonly Sourced[]): DataSet {
  return dataSetOf([
    [TAG.seriesInstance, 'UI', group[0]?.geometry.dicom.seriesInstanceUid ?? ''],
    [TAG.referencedInstances, 'SQ', group.map((image) => dataSetOf(reference(image)))],
  ])
}

/** By segment, then by place, or by source where nothing is placed. */
function describeDimensions(organization: string, isPlaced: boolean): DataSet[] {
  const pointers = [
    [TAG.referencedSegment, TAG.segmentIdentification],
    isPlaced ? [TAG.imagePosition, TAG.planePositions] : [TAG.referencedSopInstance, TAG.derivationImages],
  ]
  return pointers.map(([pointer = 0, group = 0]) =>
    dataSetOf([
      [TAG.dimensionOrganizationUid, 'UI', organization],
      [TAG.dimensionIndexPointer, 'AT', tagBytes(pointer)],
      [TAG.functionalGroupPointer, 'AT', tagBytes(group)],
    ]),
  )
}

function tagBytes(tag: number): Uint8Array {
  const bytes = new Uint8Array(4)
  const view = new DataView(bytes.buffer)
  view.setUint16(0, Math.floor(tag / 0x10000), true)
  view.setUint16(2, tag % 0x10000, true)
  return bytes
}

function describeShared(group: readonly Sourced[], direction: number[] | null): DataSet {
  const { spacingMm, thicknessMm } = group[0]?.geometry ?? {}
  const between = direction ? distanceBetween(group) : null
  return dataSetOf([
    spacingMm
      ? [
          TAG.pixelMeasures,
          'SQ',
          [
            dataSetOf([
              thicknessMm === undefined ? null : [TAG.sliceThickness, 'DS', [thicknessMm]],
              between === null ? null : [TAG.spacingBetweenSlices, 'DS', [between]],
              [TAG.pixelSpacing, 'DS', [spacingMm.row, spacingMm.column]],
            ]),
          ],
        ]
      : null,
    direction && [TAG.planeOrientations, 'SQ', [dataSetOf([[TAG.imageOrientation, 'DS', direction]])]],
  ])
}

/** Distance of neighbouring frames along the normal, where it is the same for all: readers of volumes want it. */
function distanceBetween(group: readonly Sourced[]): number | null {
  const places = group.flatMap(({ geometry }) => geometry.places ?? [])
  const [first] = places
  if (!first) return null
  const normal = normalOf(first)
  const along = [...new Set(places.map(({ position }) => round(dot(position, normal))))].sort((a, b) => a - b)
  const steps = along.slice(1).map((place, index) => round(place - (along[index] ?? 0)))
  const [step] = steps
  return step !== undefined && steps.every((other) => Math.abs(other - step) < 0.01) ? step : null
}

function normalOf({ row: a, column: b }: FramePlace): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

/** To a thousandth of a millimetre, below which places mean the same. */
function round(millimetres: number): number {
  return Math.round(millimetres * 1000) / 1000
}

function describeFrames(frames: readonly SegmentFrame[], isPlaced: boolean): DataSet[] {
  const positions = new Map<string, number>()
  const placeOf = ({ source, frame }: SegmentFrame): Vector | undefined => source.geometry?.places?.[frame]?.position
  const keys = [...new Set(frames.map((frame) => dimensionKey(frame, placeOf(frame), isPlaced)))]
  for (const [index, key] of keys.entries()) positions.set(key, index + 1)
  return frames.map((frame) => {
    const position = placeOf(frame)
    const index = positions.get(dimensionKey(frame, position, isPlaced)) ?? 1
    return dataSetOf([
      [TAG.derivationImages, 'SQ', [describeSource(frame)]],
      [TAG.frameContent, 'SQ', [dataSetOf([[TAG.dimensionIndexValues, 'UL', [frame.segment, index]]])]],
      isPlaced && position ? [TAG.planePositions, 'SQ', [dataSetOf([[TAG.imagePosition, 'DS', position]])]] : null,
      [TAG.segmentIdentification, 'SQ', [dataSetOf([[TAG.referencedSegment, 'US', [frame.segment]]])]],
    ])
  })
}

function dimensionKey({ source, frame }: SegmentFrame, position: Vector | undefined, isPlaced: boolean): string {
  return isPlaced && position ? position.join(' ') : `${source.name} ${frame}`
}

function describeSource({ source, frame }: SegmentFrame): DataSet {
  const isOfSeveral = (source.frames ?? 1) > 1
  return dataSetOf([
    [TAG.derivationCode, 'SQ', [codeItem({ value: '113076', scheme: 'DCM', meaning: 'Segmentation' })]],
    [
      TAG.sourceImages,
      'SQ',
      [
        dataSetOf([
          ...reference(source as Sourced),
          // The masks lie on the pixels of their source.
          [TAG.spatialLocationsPreserved, 'CS', 'YES'],
          isOfSeveral ? [TAG.referencedFrame, 'IS', String(frame + 1)] : null,
          [
            TAG.purposeCode,
            'SQ',
            [codeItem({ value: '121322', scheme: 'DCM', meaning: 'Source image for image processing operation' })],
          ],
        ]),
      ],
    ],
  ])
}
