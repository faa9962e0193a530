import { ImageOrder, ImageState, ReviewState, StudyId, UserId } from '@vesalius/contracts'
import { z } from 'zod'

const score = z.number().min(0).max(1).optional().catch(undefined)
/** A day as the reader's calendar names it. */
const day = z.iso.date().optional().catch(undefined)

/** What a list of images is narrowed to; lives in the address so that it can be kept, shared and gone back to. */
export const ImageFilter = z.object({
  state: ImageState.optional().catch(undefined),
  annotated: z.boolean().optional().catch(undefined),
  class: z.number().int().min(0).optional().catch(undefined),
  /** Part of the name. A name of digits alone comes as a number out of an address. */
  text: z
    .union([z.string(), z.number()])
    .transform((text) => String(text).slice(0, 200))
    .optional()
    .catch(undefined),
  /** Only those that somebody went past with a reason, or only others. */
  skipped: z.boolean().optional().catch(undefined),
  /** Only those that may hold text in their pixels. */
  burnedIn: z.boolean().optional().catch(undefined),
  scoreFrom: score,
  scoreTo: score,
  annotatedBy: UserId.optional().catch(undefined),
  review: ReviewState.optional().catch(undefined),
  reviewedBy: UserId.optional().catch(undefined),
  /** What the person reads for a study, and whether they have. */
  study: StudyId.optional().catch(undefined),
  read: z.boolean().optional().catch(undefined),
  /** First and last day of the upload, both included. */
  from: day,
  to: day,
  order: ImageOrder.optional().catch(undefined),
})
export type ImageFilter = z.infer<typeof ImageFilter>

/** The filter alone, without undefined fields, so that equal filters make equal cache keys. */
export function pickFilter(search: ImageFilter): ImageFilter {
  const known = Object.keys(ImageFilter.shape).map((name) => [name, search[name as keyof ImageFilter]])
  return Object.fromEntries(known.filter(([, value]) => value !== undefined && value !== '')) as ImageFilter
}

/** Whether fewer images are shown than the project has; an order alone hides none. */
export const isNarrowed = ({ order: _, ...filter }: ImageFilter) => Object.keys(pickFilter(filter)).length > 0

/** How many of the rarer filters, which stand in a box of their own, are set. */
export function countRareFilters({ scoreFrom, scoreTo, annotatedBy, burnedIn, from, to }: ImageFilter): number {
  const set = [scoreFrom !== undefined || scoreTo !== undefined, annotatedBy, burnedIn !== undefined, from ?? to]
  return set.filter(Boolean).length
}

/** The filter as the server takes it: days become moments of the reader's own time zone. */
export function queryOf({ from, to, ...filter }: ImageFilter) {
  return {
    ...filter,
    ...(from ? { from: new Date(`${from}T00:00`).toISOString() } : {}),
    ...(to ? { to: dayAfter(to).toISOString() } : {}),
  }
}

function dayAfter(day: string): Date {
  const date = new Date(`${day}T00:00`)
  date.setDate(date.getDate() + 1)
  return date
}

/** The filter as the query part of an address. */
export function writeQuery(filter: ImageFilter): string {
  const entries = Object.entries(pickFilter(filter)).map(([name, value]) => [name, String(value)])
  return new URLSearchParams(entries).toString()
}

/** The filter out of the query part of an address; what it does not know or understand is left out. */
export function readQuery(query: string): ImageFilter {
  const text = Object.fromEntries(new URLSearchParams(query))
  const number = (value: string | undefined) => (value === undefined || value === '' ? undefined : Number(value))
  const typed = {
    ...text,
    annotated: text.annotated === undefined ? undefined : text.annotated === 'true',
    skipped: text.skipped === undefined ? undefined : text.skipped === 'true',
    burnedIn: text.burnedIn === undefined ? undefined : text.burnedIn === 'true',
    class: number(text.class),
    scoreFrom: number(text.scoreFrom),
    scoreTo: number(text.scoreTo),
  }
  return pickFilter(ImageFilter.parse(typed))
}
