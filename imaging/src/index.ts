export { MATCHING_OVERLAP, overlapOf } from './agreement/compare-marks.ts'
export { type GoldAnswer, scoreGold } from './agreement/gold-score.ts'
export { agreementOf, type ReadImage } from './agreement/study-agreement.ts'
export { BmpError } from './bmp/bmp-header.ts'
export { type BmpPicture, decodeBmp } from './bmp/decode-bmp.ts'
export { findText } from './burned-in/find-text.ts'
export type { GreyPicture } from './burned-in/local-contrast.ts'
export type { TextBox } from './burned-in/text-lines.ts'
export { checkExtent, DEFAULT_LIMITS, type DecodeLimits } from './decode-limits.ts'
export { type DeidentificationReport, deidentifyDicom } from './deidentify/deidentify-dicom.ts'
export { createUidReplacer } from './deidentify/replace-uid.ts'
export { type StrippedPicture, stripPicture } from './deidentify/strip-picture.ts'
export { DataSet, type DicomElement } from './dicom/data-set.ts'
export { groupFragments } from './dicom/frame-fragments.ts'
export { type DicomFile, isDicom, readDicomNow } from './dicom/read-dicom.ts'
export {
  type DicomIdentity,
  type FramePlace,
  type PictureGeometry,
  readGeometry,
  type SharedAttribute,
  type Vector,
} from './dicom/read-geometry.ts'
export { type DicomHeader, readDicomHeader } from './dicom/read-header.ts'
export { decodeRunLength } from './dicom/run-length.ts'
export { TRANSFER_SYNTAXES } from './dicom/transfer-syntax.ts'
export { writeDicomNow } from './dicom/write-dicom.ts'
export { findRange } from './display/find-range.ts'
export { asLinearWindow } from './display/grade.ts'
export { measuredValues } from './display/measured-values.ts'
export {
  calibrationOf,
  type FrameStyle,
  fullWindow,
  modalityOf,
  renderFrame,
  type ShadeTable,
  type ShownFrame,
  shadeTable,
  usualWindow,
} from './display/render-frame.ts'
export type { Calibration, DisplayWindow, LookupTable, PixelSpacing } from './frames/calibration.ts'
export { readFrameFacts, readFrames, samplesBegin, writeFrames } from './frames/frame-file.ts'
export {
  CHANNELS,
  type ColourModel,
  type Frames,
  SAMPLE_ARRAYS,
  type Samples,
  type SampleType,
} from './frames/frames.ts'
export { CELL_KINDS, type CellKind, type CellPhantom, drawCellPhantom } from './phantom/cells.ts'
export { PictureError, type PictureProblem } from './picture-error.ts'
export { type PictureFormat, recogniseFormat } from './recognise-format.ts'
