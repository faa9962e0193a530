/** Tags as group × 65536 + element. Source: DICOM PS3.6. */
export const TAG = {
  transferSyntax: 0x00020010,
  characterSet: 0x00080005,
  imageType: 0x00080008,
  sopClass: 0x00080016,
  sopInstance: 0x00080018,
  modality: 0x00080060,
  studyInstance: 0x0020000d,
  seriesInstance: 0x0020000e,
  imagePosition: 0x00200032,
  imageOrientation: 0x00200037,
  frameOfReference: 0x00200052,
  planePositionSequence: 0x00209113,
  planeOrientationSequence: 0x00209116,
  sliceThickness: 0x00180050,
  imagerPixelSpacing: 0x00181164,
  nominalScannedPixelSpacing: 0x00182010,
  samplesPerPixel: 0x00280002,
  photometric: 0x00280004,
  planarConfiguration: 0x00280006,
  numberOfFrames: 0x00280008,
  rows: 0x00280010,
  columns: 0x00280011,
  pixelSpacing: 0x00280030,
  pixelAspectRatio: 0x00280034,
  bitsAllocated: 0x00280100,
  bitsStored: 0x00280101,
  highBit: 0x00280102,
  pixelRepresentation: 0x00280103,
  pixelPaddingValue: 0x00280120,
  pixelPaddingRangeLimit: 0x00280121,
  burnedInAnnotation: 0x00280301,
  windowCenter: 0x00281050,
  windowWidth: 0x00281051,
  rescaleIntercept: 0x00281052,
  rescaleSlope: 0x00281053,
  rescaleType: 0x00281054,
  voiLutFunction: 0x00281056,
  redDescriptor: 0x00281101,
  redTable: 0x00281201,
  segmentedRedTable: 0x00281221,
  modalityLutSequence: 0x00283000,
  lutDescriptor: 0x00283002,
  modalityLutType: 0x00283004,
  lutData: 0x00283006,
  voiLutSequence: 0x00283010,
  pixelMeasuresSequence: 0x00289110,
  frameVoiLutSequence: 0x00289132,
  pixelValueTransformationSequence: 0x00289145,
  sharedFunctionalGroups: 0x52009229,
  perFrameFunctionalGroups: 0x52009230,
  extendedOffsets: 0x7fe00001,
  floatPixelData: 0x7fe00008,
  doublePixelData: 0x7fe00009,
  pixelData: 0x7fe00010,
} as const

export const ITEM = 0xfffee000
export const ITEM_END = 0xfffee00d
export const SEQUENCE_END = 0xfffee0dd

/** `(0028,0010)` */
export function nameTag(tag: number): string {
  const hex = tag.toString(16).padStart(8, '0').toUpperCase()
  return `(${hex.slice(0, 4)},${hex.slice(4)})`
}

export const groupOf = (tag: number): number => Math.floor(tag / 0x10000)
export const isPrivate = (tag: number): boolean => groupOf(tag) % 2 === 1
