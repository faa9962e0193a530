import { buffer } from 'node:stream/consumers'
import { inflate } from '@vesalius/formats'
import { type DicomFile, PictureError, readDicomNow } from '@vesalius/imaging'
import type { Context } from '../../context.ts'

const HEAD_BYTES = 256 * 1024
const PIXELS = 0x7fe00000
/** A tag, a representation and a length. */
const ELEMENT_HEAD = 12

/** What stands in a DICOM file before its pixels; null where the file is gone or cannot be read. */
export async function readHead(storage: Pick<Context['storage'], 'size' | 'stream' | 'read'>, uri: string) {
  const byteSize = await storage.size(uri)
  if (byteSize === null) return null
  if (byteSize > HEAD_BYTES) {
    const bytes = await buffer(storage.stream(uri, { start: 0, end: HEAD_BYTES - 1 }))
    const file = parse(bytes)
    // Cut off between two attributes it would look whole: it is where the pixels were reached.
    if (file?.stoppedAt != null && file.stoppedAt + ELEMENT_HEAD <= bytes.length) return { file, bytes, byteSize }
  }
  const bytes = await storage.read(uri)
  const file = parse(bytes)
  return file && { file, bytes, byteSize }
}

function parse(bytes: Uint8Array): DicomFile | null {
  try {
    return readDicomNow(bytes, { before: PIXELS, inflate })
  } catch (error) {
    if (error instanceof PictureError || (error instanceof Error && error.name === 'FormatError')) return null
    throw error
  }
}
