import { buffer } from 'node:stream/consumers'
import { inflate } from '@vesalius/formats'
import { PictureError, type PictureGeometry, readGeometry } from '@vesalius/imaging'
import type { Context } from '../../context.ts'
import type { ImageRow } from '../../db/tables.ts'

const HEAD_BYTES = 256 * 1024

type Stored = Pick<ImageRow, 'uri' | 'type' | 'frames' | 'spacing'>

/** What an image's file states of its place and identity; undefined where it states nothing or is gone. */
export async function geometryOf(
  { storage }: Pick<Context, 'storage'>,
  { uri, type, frames, spacing }: Stored,
): Promise<PictureGeometry | undefined> {
  if (type !== 'dcm') {
    if (spacing?.plane !== 'object') return undefined
    return { spacingMm: { row: spacing.rowMm, column: spacing.columnMm }, places: null, dicom: null }
  }
  const size = await storage.size(uri)
  if (size === null) return undefined
  // Everything before the pixels mostly fits in here; where it does not, the whole file is read.
  if (size > HEAD_BYTES) {
    const head = await buffer(storage.stream(uri, { start: 0, end: HEAD_BYTES - 1 }))
    const found = tryRead(head, frames)
    if (found) return found
  }
  return tryRead(await storage.read(uri), frames)
}

function tryRead(bytes: Uint8Array, frames: number): PictureGeometry | undefined {
  try {
    return readGeometry(bytes, frames, inflate)
  } catch (error) {
    if (error instanceof PictureError || (error instanceof Error && error.name === 'FormatError')) return undefined
    throw error
  }
}
