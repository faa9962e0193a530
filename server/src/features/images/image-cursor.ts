import { AppError, ImageId, type ImageOrder } from '@vesalius/contracts'
import { z } from 'zod'
import type { ImageRow } from '../../db/tables.ts'

/**
 * The last image of a page. Names and groups are looked up by id, because they can be longer than a cursor may be; an image
 * renamed meanwhile therefore continues from its new place.
 */
const ImageCursor = z.discriminatedUnion('order', [
  z.strictObject({ order: z.enum(['newest', 'oldest', 'name', 'group']), id: ImageId }),
  z.strictObject({ order: z.literal('uncertain'), id: ImageId, uncertainty: z.number() }),
  z.strictObject({ order: z.literal('next'), id: ImageId, rank: z.number() }),
])
export type ImageCursor = z.infer<typeof ImageCursor>

export function writeImageCursor(order: ImageOrder, last: Pick<ImageRow, 'id' | 'uncertainty' | 'queue_rank'>): string {
  return Buffer.from(JSON.stringify(cursorAt(order, last))).toString('base64url')
}

function cursorAt(
  order: ImageOrder,
  { id, uncertainty, queue_rank: rank }: Pick<ImageRow, 'id' | 'uncertainty' | 'queue_rank'>,
): ImageCursor {
  if (order === 'uncertain') return { order, id, uncertainty }
  return order === 'next' ? { order, id, rank } : { order, id }
}

/** Throws BAD_REQUEST for what we did not write, or wrote for another order. */
export function readImageCursor(order: ImageOrder, text: string | undefined): ImageCursor | null {
  if (text === undefined) return null
  try {
    const cursor = ImageCursor.parse(JSON.parse(Buffer.from(text, 'base64url').toString()))
    if (cursor.order === order) return cursor
  } catch {}
  throw new AppError('BAD_REQUEST', 'The cursor does not belong to this list. Begin at the first page.')
}
