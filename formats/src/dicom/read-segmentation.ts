import { because, encodeRle, type Reason } from '@vesalius/contracts'
import {
  type DataSet,
  type DicomFile,
  decodeRunLength,
  type FramePlace,
  groupFragments,
  PictureError,
} from '@vesalius/imaging'
import type { DatasetImage, FormatFile, ReadDataset, ReadOptions } from '../shape/dataset.ts'
import { DatasetBuilder } from '../shape/dataset-builder.ts'
import { FormatError } from '../shape/problems.ts'
import { decodeText } from './attributes.ts'
import { readCode } from './codes.ts'
import { isSameDirection, KnownInstances, type Located } from './known-instances.ts'
import { isDicomPath, readObject } from './read-object.ts'
import { TAG } from './tags.ts'

const SEGMENTATION = '1.2.840.10008.5.1.4.1.1.66.4'
const LABEL_MAP = '1.2.840.10008.5.1.4.1.1.66.7'
const MOST_FRAME_PIXELS = 2 ** 33

/**
 * Segmentation objects: binary, fractional (a mask is where at least half of the most is reached) and label maps. A frame
 * belongs to the picture it names as its source, or else to the one that lies at the same place in the same frame of
 * reference. Source: DICOM PS3.3 sections A.51 and C.8.20.
 */
export function readSegmentations(files: readonly FormatFile[], options: ReadOptions = {}): ReadDataset {
  const builder = new DatasetBuilder(options)
  const known = new KnownInstances(options)
  builder.eachFile(files, isDicomPath, (file) => readSegmentation(builder, known, file))
  return builder.result()
}

function readSegmentation(builder: DatasetBuilder, known: KnownInstances, file: FormatFile): void {
  const object = readObject(file)
  const { dataSet } = object
  const sopClass = dataSet.text(TAG.sopClass)
  if (!isSegmentation(sopClass)) throw new FormatError(because`the object is no segmentation`)
  const extent = readExtent(dataSet)
  const segments = readSegments(builder, dataSet, file)
  const frames = readFrames(object, extent, builder, file)
  const groups = dataSet.items(TAG.perFrameGroups)
  const shared = dataSet.items(TAG.sharedGroups)[0]
  for (let index = 0; index < extent.frames; index += 1) {
    const where = { file: `${file.path}, frame ${index + 1}` }
    const group = groups[index]
    const find = (sequence: number) => group?.items(sequence)[0] ?? shared?.items(sequence)[0]
    const located = locate(known, dataSet, find)
    if ('reason' in located) {
      if (located.uid) builder.unmatched(located.uid)
      else builder.problems.add(located.reason, where)
      continue
    }
    const image = builder.frame(located.image, located.frame, extent, where)
    if (!image) continue
    const number = find(TAG.segmentIdentification)?.word(TAG.referencedSegment) ?? null
    const values = frames(index)
    if (values) addSegments(builder, image, { values, number, segments, where, extent })
  }
}

interface Adding {
  values: Uint8Array | Uint16Array
  /** The segment of the frame; null in label maps, whose values are the segments' numbers. */
  number: number | null
  segments: ReadonlyMap<number, string>
  where: { file: string }
  extent: Extent
}

function addSegments(builder: DatasetBuilder, image: DatasetImage, adding: Adding): void {
  const { values, number, segments, where, extent } = adding
  const size = [extent.rows, extent.columns] as const
  const numbers = extent.isLabelMap ? [...new Set(values)].filter((value) => value > 0) : [number]
  for (const value of numbers) {
    const name = value === null ? undefined : segments.get(value)
    if (name === undefined) {
      builder.problems.add(because`segment ${value ?? ''} is not described`, { ...where, image: image.name })
      continue
    }
    const mask = extent.isLabelMap ? Uint8Array.from(values, (pixel) => (pixel === value ? 1 : 0)) : values
    // Frames without a pixel are allowed and say nothing.
    if (mask.some((pixel) => pixel !== 0)) builder.addMask(image, name, encodeRle(mask, size), where)
  }
}

function readSegments(builder: DatasetBuilder, dataSet: DataSet, file: FormatFile): Map<number, string> {
  const characterSet = dataSet.text(TAG.characterSet)
  const segments = new Map<number, string>()
  for (const item of dataSet.items(TAG.segments)) {
    const number = item.word(TAG.segmentNumber)
    const label = decodeText(item.bytes(TAG.segmentLabel), characterSet)
    const name = label || readCode(item.items(TAG.segmentType)[0], characterSet)?.meaning || ''
    if (number === null) builder.problems.add(because`a segment has no number`, { file: file.path })
    else if (builder.class(name, { file: file.path }) !== null) segments.set(number, name)
  }
  return segments
}

interface Extent {
  rows: number
  columns: number
  frames: number
  bits: number
  isFractional: boolean
  isLabelMap: boolean
  /** The value that means "certainly" in fractional objects. */
  most: number
}

function readExtent(dataSet: DataSet): Extent {
  const [rows, columns, bits] = [TAG.rows, TAG.columns, TAG.bitsAllocated].map((tag) => dataSet.word(tag) ?? 0)
  const frames = dataSet.decimals(TAG.frames)?.[0] ?? 1
  const kind = dataSet.text(TAG.segmentationType)
  if (!rows || !columns || !(Number.isInteger(frames) && frames > 0) || rows * columns * frames > MOST_FRAME_PIXELS) {
    throw new FormatError(because`the segmentation has no size, or is too large`)
  }
  if (bits !== 1 && bits !== 8 && bits !== 16) throw new FormatError(because`segments of ${bits} bits are not read`)
  if (kind !== 'BINARY' && kind !== 'FRACTIONAL' && kind !== 'LABELMAP') {
    throw new FormatError(because`a segmentation of type "${kind ?? ''}" is not read`)
  }
  const most = dataSet.word(TAG.mostFractional) ?? 255
  return { rows, columns, frames, bits, isFractional: kind === 'FRACTIONAL', isLabelMap: kind === 'LABELMAP', most }
}

/** A function that gives the pixels of a frame: 0 and 1, or the segments' numbers of a label map. */
function readFrames(
  { dataSet, transferSyntax }: DicomFile,
  extent: Extent,
  builder: DatasetBuilder,
  file: FormatFile,
): (index: number) => Uint8Array | Uint16Array | null {
  const { rows, columns, frames, bits, isFractional, most } = extent
  const pixels = rows * columns
  const element = dataSet.elements.get(TAG.pixelData)
  if (!element) throw new FormatError(because`the segmentation holds no pixels`)
  if (isFractional)
    builder.problems.add(because`fractions became a mask where at least half of the most is reached`, {
      file: file.path,
    })
  const finish = (values: Uint8Array) => (isFractional ? values.map((value) => (2 * value >= most ? 1 : 0)) : values)
  if (element.fragments) {
    if (transferSyntax.pixels !== 'rle' || bits !== 8) throw new FormatError(because`its compression is not read`)
    const parts = groupFragments(element.fragments, frames, null)
    return (index) => {
      try {
        return finish(decodeRunLength(parts[index] ?? new Uint8Array(0), pixels, 1, 1))
      } catch (cause) {
        if (!(cause instanceof PictureError)) throw cause
        builder.problems.add(because`the frame cannot be read: ${cause.message}`, {
          file: `${file.path}, frame ${index + 1}`,
        })
        return null
      }
    }
  }
  const bytes = element.value
  if (bytes.length < Math.ceil((pixels * frames * bits) / 8)) throw new FormatError(because`the pixels are cut off`)
  if (bits === 1) return (index) => finish(unpackBits(bytes, index * pixels, pixels))
  if (bits === 8) return (index) => finish(bytes.slice(index * pixels, (index + 1) * pixels))
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const little = dataSet.encoding.isLittleEndian
  return (index) => Uint16Array.from({ length: pixels }, (_, at) => view.getUint16((index * pixels + at) * 2, little))
}

/** Frames follow each other bit by bit, the lowest bit of a byte first. Source: DICOM PS3.5 section 8.1.1. */
function unpackBits(bytes: Uint8Array, first: number, count: number): Uint8Array {
  return Uint8Array.from({ length: count }, (_, at) => ((bytes[(first + at) >> 3] ?? 0) >> ((first + at) & 7)) & 1)
}

function locate(
  known: KnownInstances,
  dataSet: DataSet,
  find: (sequence: number) => DataSet | undefined,
): Located | { reason: Reason; uid?: string } {
  const place = readPlace(find)
  const source = find(TAG.derivationImages)?.items(TAG.sourceImages)[0]
  const uid = source?.text(TAG.referencedSopInstance)
  if (source && uid) {
    const image = known.byUid(uid)
    if (!image) return { reason: because`its source is no picture here`, uid }
    const frame = (source.decimals(TAG.referencedFrame)?.[0] ?? 1) - 1
    if (isSameDirection(image.geometry, frame, place)) return { image, frame }
    return { reason: because`the plane is turned against its source, which is not read` }
  }
  const reference = dataSet.text(TAG.frameOfReference)
  if (!reference || !place) return { reason: because`the frame names no source and no place` }
  const found = known.byPlace(reference, place)
  return found ?? { reason: because`no picture here lies at the place of the frame` }
}

function readPlace(find: (sequence: number) => DataSet | undefined): FramePlace | null {
  const [x, y, z] = find(TAG.planePositions)?.decimals(TAG.imagePosition) ?? []
  const [a, b, c, d, e, f] = find(TAG.planeOrientations)?.decimals(TAG.imageOrientation) ?? []
  if (x === undefined || y === undefined || z === undefined) return null
  if (a === undefined || b === undefined || c === undefined) return null
  if (d === undefined || e === undefined || f === undefined) return null
  return { position: [x, y, z], row: [a, b, c], column: [d, e, f] }
}

export function isSegmentation(sopClass: string | null): boolean {
  return sopClass === SEGMENTATION || sopClass === LABEL_MAP
}
