import { inflateRawSync } from 'node:zlib'
import { because } from '@vesalius/contracts'
import { type DicomFile, isDicom, PictureError, readDicomNow } from '@vesalius/imaging'
import type { FormatFile } from '../shape/dataset.ts'
import { FormatError } from '../shape/problems.ts'

const MOST_BYTES = 1024 ** 3

export function isDicomPath(path: string): boolean {
  return /\.(dcm|dicom|seg|sr)$/.test(path) || !/\.[a-z0-9]{1,5}$/.test(path)
}

/** A DICOM object of a file. Throws FormatError. */
export function readObject(file: FormatFile): DicomFile {
  const { bytes } = file
  if (!isDicom(bytes)) throw new FormatError(because`the file is no DICOM object`)
  try {
    return readDicomNow(bytes, { inflate })
  } catch (cause) {
    if (cause instanceof PictureError)
      throw new FormatError(because`the object cannot be read: ${cause.message}`, { cause })
    throw cause
  }
}

export function inflate(deflated: Uint8Array): Uint8Array {
  try {
    return inflateRawSync(deflated, { maxOutputLength: MOST_BYTES })
  } catch (cause) {
    throw new FormatError(because`the file cannot be decompressed`, { cause })
  }
}
