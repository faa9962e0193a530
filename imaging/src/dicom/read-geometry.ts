import type { DataSet } from './data-set.ts'
import { readDicomNow } from './read-dicom.ts'
import { TAG } from './tags.ts'

/** A point or direction in millimetres: towards the patient's left, back and head (DICOM's LPS). */
export type Vector = readonly [number, number, number]

/** Where a frame lies, as its file states it. Source: DICOM PS3.3 C.7.6.2. */
export interface FramePlace {
  /** Centre of the first pixel. */
  position: Vector
  /** Along a row (to the right), and down a column. */
  row: Vector
  column: Vector
}

/** What a picture's own file says about its place in the world and its identity; nothing is guessed. */
export interface PictureGeometry {
  /** Distance between pixel centres in millimetres, in the object: down a column, along a row. */
  spacingMm: { row: number; column: number } | null
  /** How thick a slice is, where the file says so; slices may lie closer or further apart. */
  thicknessMm?: number
  /** One for each frame, or null where any frame lacks it. */
  places: readonly FramePlace[] | null
  dicom: DicomIdentity | null
}

export interface DicomIdentity {
  sopClassUid: string
  sopInstanceUid: string
  studyInstanceUid: string
  seriesInstanceUid: string
  frameOfReferenceUid: string | null
  /** Attributes of patient and study that objects made from the picture repeat. */
  shared: readonly SharedAttribute[]
}

/** `value`: a character for each byte as stored. */
export interface SharedAttribute {
  tag: number
  vr: string
  value: string
}

const SHARED: readonly (readonly [tag: number, vr: string])[] = [
  [TAG.characterSet, 'CS'],
  [0x00080020, 'DA'],
  [0x00080030, 'TM'],
  [0x00080050, 'SH'],
  [0x00080090, 'PN'],
  [0x00081030, 'LO'],
  [0x00100010, 'PN'],
  [0x00100020, 'LO'],
  [0x00100030, 'DA'],
  [0x00100040, 'CS'],
  [0x00120062, 'CS'],
  [0x00120063, 'LO'],
  [0x00200010, 'SH'],
  [0x00201040, 'LO'],
]
const PIXELS = 0x7fe00000

/** Place and identity of the picture in a DICOM file; of `bytes` all before the pixels is enough. Throws PictureError. */
export function readGeometry(
  bytes: Uint8Array,
  frames: number,
  inflate?: (deflated: Uint8Array) => Uint8Array,
): PictureGeometry {
  const { dataSet } = readDicomNow(bytes, { before: PIXELS, ...(inflate ? { inflate } : {}) })
  const thicknessMm = readThickness(dataSet)
  return {
    spacingMm: readSpacing(dataSet),
    ...(thicknessMm === null ? {} : { thicknessMm }),
    places: readPlaces(dataSet, frames),
    dicom: readIdentity(dataSet),
  }
}

/** The data set itself, and the pixel measures of enhanced objects. */
function measuresOf(dataSet: DataSet): DataSet[] {
  const shared = dataSet.items(TAG.sharedFunctionalGroups)[0]
  const first = dataSet.items(TAG.perFrameFunctionalGroups)[0]
  return [dataSet, ...[shared, first].flatMap((group) => group?.items(TAG.pixelMeasuresSequence) ?? [])]
}

function readThickness(dataSet: DataSet): number | null {
  for (const place of measuresOf(dataSet)) {
    const [thickness = 0] = place.decimals(TAG.sliceThickness) ?? []
    if (thickness > 0) return thickness
  }
  return null
}

function readSpacing(dataSet: DataSet): PictureGeometry['spacingMm'] {
  for (const place of measuresOf(dataSet)) {
    const [row = 0, column = 0] = place.decimals(TAG.pixelSpacing) ?? []
    if (row > 0 && column > 0) return { row, column }
  }
  return null
}

function readPlaces(dataSet: DataSet, frames: number): FramePlace[] | null {
  const shared = dataSet.items(TAG.sharedFunctionalGroups)[0]
  const perFrame = dataSet.items(TAG.perFrameFunctionalGroups)
  if (perFrame.length === 0) {
    const place = frames === 1 ? placeOf([dataSet], [dataSet]) : null
    return place ? [place] : null
  }
  const places = perFrame.slice(0, frames).map((group) => {
    const find = (sequence: number) => [...group.items(sequence), ...(shared?.items(sequence) ?? [])]
    return placeOf(find(TAG.planePositionSequence), find(TAG.planeOrientationSequence))
  })
  return places.length === frames && places.every((place) => place !== null) ? places : null
}

function placeOf(positions: DataSet[], orientations: DataSet[]): FramePlace | null {
  const [x, y, z] = firstOf(positions, TAG.imagePosition, 3) ?? []
  const [a, b, c, d, e, f] = firstOf(orientations, TAG.imageOrientation, 6) ?? []
  if (x === undefined || y === undefined || z === undefined) return null
  if (a === undefined || b === undefined || c === undefined) return null
  if (d === undefined || e === undefined || f === undefined) return null
  return { position: [x, y, z], row: [a, b, c], column: [d, e, f] }
}

function firstOf(dataSets: DataSet[], tag: number, length: number): number[] | null {
  for (const dataSet of dataSets) {
    const numbers = dataSet.decimals(tag)
    if (numbers?.length === length) return numbers
  }
  return null
}

function readIdentity(dataSet: DataSet): DicomIdentity | null {
  const [sopClassUid, sopInstanceUid] = [dataSet.text(TAG.sopClass), dataSet.text(TAG.sopInstance)]
  const [studyInstanceUid, seriesInstanceUid] = [dataSet.text(TAG.studyInstance), dataSet.text(TAG.seriesInstance)]
  if (!sopClassUid || !sopInstanceUid || !studyInstanceUid || !seriesInstanceUid) return null
  const shared = SHARED.flatMap(([tag, vr]) => {
    const bytes = dataSet.bytes(tag)
    return bytes ? [{ tag, vr, value: String.fromCharCode(...bytes.subarray(0, 1024)) }] : []
  })
  const frameOfReferenceUid = dataSet.text(TAG.frameOfReference)
  return { sopClassUid, sopInstanceUid, studyInstanceUid, seriesInstanceUid, frameOfReferenceUid, shared }
}
