import type { Calibration, DisplayWindow, LookupTable, PixelSpacing } from '../frames/calibration.ts'
import type { DataSet } from './data-set.ts'
import { TAG } from './tags.ts'

/**
 * What the file states about the meaning and display of its samples: one calibration, or one per frame where an
 * enhanced object states them apart. Nothing is assumed: what is not stated is null. Source: DICOM PS3.3 sections
 * C.7.6.3, C.7.6.16, C.10.7, C.11.1, C.11.2.
 */
export function readCalibrations(dataSet: DataSet, frames: number, isSigned: boolean): Calibration[] {
  const shared = dataSet.items(TAG.sharedFunctionalGroups)[0]
  const perFrame = dataSet.items(TAG.perFrameFunctionalGroups)
  if (perFrame.length !== frames) return [readCalibration([dataSet, shared], isSigned)]
  const calibrations = perFrame.map((own) => readCalibration([own, shared, dataSet], isSigned))
  const first = JSON.stringify(calibrations[0])
  return calibrations.every((one) => JSON.stringify(one) === first) ? calibrations.slice(0, 1) : calibrations
}

/** `places` are looked through in order, each with its functional group sequences. */
function readCalibration(places: (DataSet | undefined)[], isSigned: boolean): Calibration {
  const find = <Found>(group: number, read: (dataSet: DataSet) => Found | null): Found | null => {
    for (const place of places) {
      if (!place) continue
      for (const candidate of [place, ...place.items(group)]) {
        const found = read(candidate)
        if (found !== null) return found
      }
    }
    return null
  }
  return {
    spacing: find(TAG.pixelMeasuresSequence, readSpacing),
    pixelAspect: find(TAG.pixelMeasuresSequence, readAspect),
    rescale: withUnit(find(TAG.pixelValueTransformationSequence, readRescale), places),
    modalityTable: find(0, (dataSet) => readTables(dataSet, TAG.modalityLutSequence, isSigned)[0] ?? null),
    windows: find(TAG.frameVoiLutSequence, readWindows) ?? [],
    displayTables: find(0, (dataSet) => nonEmpty(readTables(dataSet, TAG.voiLutSequence, isSigned))) ?? [],
    padding: find(0, (dataSet) => readPadding(dataSet, isSigned)),
  }
}

function readSpacing(dataSet: DataSet): PixelSpacing | null {
  const planes = [
    [TAG.pixelSpacing, 'object'],
    [TAG.imagerPixelSpacing, 'detector'],
    [TAG.nominalScannedPixelSpacing, 'film'],
  ] as const
  for (const [tag, plane] of planes) {
    const [rowMm = 0, columnMm = 0] = dataSet.decimals(tag) ?? []
    if (rowMm > 0 && columnMm > 0) return { rowMm, columnMm, plane }
  }
  return null
}

function readAspect(dataSet: DataSet): number | null {
  const [vertical = 0, horizontal = 0] = dataSet.decimals(TAG.pixelAspectRatio) ?? []
  return vertical > 0 && horizontal > 0 ? vertical / horizontal : null
}

function readRescale(dataSet: DataSet): Calibration['rescale'] {
  const slope = dataSet.decimals(TAG.rescaleSlope)?.[0]
  const intercept = dataSet.decimals(TAG.rescaleIntercept)?.[0]
  if (slope === undefined || intercept === undefined || slope === 0) return null
  return { slope, intercept, unit: dataSet.text(TAG.rescaleType) }
}

const CT_IMAGE_STORAGE = '1.2.840.10008.5.1.4.1.1.2'

/** A CT image that names no unit is in Hounsfield units, unless it is derived or a localizer. Source: PS3.3 C.8.2.1.1.2. */
function withUnit(rescale: Calibration['rescale'], places: (DataSet | undefined)[]): Calibration['rescale'] {
  if (!rescale || rescale.unit !== null) return rescale
  const root = places.find((place) => place?.text(TAG.sopClass) === CT_IMAGE_STORAGE)
  const kinds = root?.text(TAG.imageType)?.split('\\') ?? []
  return kinds[0] === 'ORIGINAL' && kinds[2] !== 'LOCALIZER' ? { ...rescale, unit: 'HU' } : rescale
}

function readWindows(dataSet: DataSet): DisplayWindow[] | null {
  const centers = dataSet.decimals(TAG.windowCenter) ?? []
  const widths = dataSet.decimals(TAG.windowWidth) ?? []
  const shape = windowShape(dataSet.text(TAG.voiLutFunction))
  if (!shape) return null
  const pairs = centers.flatMap((center, index) => {
    const width = widths[index]
    return width !== undefined && width > 0 ? [{ center, width, shape }] : []
  })
  return nonEmpty(pairs)
}

function windowShape(name: string | null): DisplayWindow['shape'] | null {
  if (name === null || name === 'LINEAR') return 'linear'
  if (name === 'LINEAR_EXACT') return 'linear-exact'
  return name === 'SIGMOID' ? 'sigmoid' : null
}

function readTables(dataSet: DataSet, sequence: number, isSigned: boolean): LookupTable[] {
  return dataSet.items(sequence).flatMap((item) => {
    const table = readLookupTable(item, TAG.lutDescriptor, TAG.lutData, isSigned)
    return table ? [table] : []
  })
}

/** A table from its descriptor (entries, first input, bits) and data; null where either is missing or too short. */
export function readLookupTable(
  dataSet: DataSet,
  descriptorTag: number,
  dataTag: number,
  isSigned: boolean,
): LookupTable | null {
  const [stated, , bits] = dataSet.words(descriptorTag) ?? []
  const firstInput = dataSet.words(descriptorTag, isSigned)?.[1]
  const data = dataSet.bytes(dataTag)
  if (stated === undefined || bits === undefined || firstInput === undefined || !data) return null
  if (bits < 8 || bits > 16) return null
  const entries = stated === 0 ? 65536 : stated
  const isInBytes = bits === 8 && data.length < entries * 2
  const values = isInBytes ? Array.from(data) : (dataSet.words(dataTag) ?? [])
  return values.length < entries ? null : { firstInput, bits, values: values.slice(0, entries) }
}

function readPadding(dataSet: DataSet, isSigned: boolean): Calibration['padding'] {
  const value = dataSet.words(TAG.pixelPaddingValue, isSigned)?.[0]
  if (value === undefined) return null
  const limit = dataSet.words(TAG.pixelPaddingRangeLimit, isSigned)?.[0] ?? value
  return { low: Math.min(value, limit), high: Math.max(value, limit) }
}

const nonEmpty = <Item>(items: Item[]): Item[] | null => (items.length > 0 ? items : null)
