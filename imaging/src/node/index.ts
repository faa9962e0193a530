export { decodeDicom, decodeDicomFile } from '../dicom/decode-dicom.ts'
export { decodePicture } from './decode-picture.ts'
