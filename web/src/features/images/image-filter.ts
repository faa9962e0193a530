import { ImageOrder, ImageState } from '@vesalius/contracts'
import { z } from 'zod'

/** What a list of images is narrowed to; lives in the address so that it can be kept, shared and gone back to. */
export const ImageFilter = z.object({
  state: ImageState.optional().catch(undefined),
  annotated: z.boolean().optional().catch(undefined),
  class: z.number().int().min(0).optional().catch(undefined),
  order: ImageOrder.optional().catch(undefined),
})
export type ImageFilter = z.infer<typeof ImageFilter>

/** The filter alone, without undefined fields, so that equal filters make equal cache keys. */
export function pickFilter(search: ImageFilter): ImageFilter {
  const { state, annotated, order } = search
  const filter = { state, annotated, class: search.class, order }
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as ImageFilter
}

export const isNarrowed = (filter: ImageFilter) =>
  filter.state !== undefined || filter.annotated !== undefined || filter.class !== undefined
