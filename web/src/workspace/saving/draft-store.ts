import { Measures } from '@vesalius/contracts'
import { z } from 'zod'
import { type Answer, NO_ANSWER } from '../annotations/annotation-store.ts'
import type { Mark, Marking } from '../marks/mark.ts'
import { decodeRegion, encodeRegion } from '../marks/region-rle.ts'

/** An answer that was not submitted, and the label it was given on top of. */
export interface Draft {
  answer: Answer
  etag: string | null
  /** The class scheme that its classes are places in. */
  scheme: number
}

type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

const PREFIX = 'vesalius.draft.'
const LONGEST_MS = 30 * 24 * 3600 * 1000

const StoredMark = z.object({
  id: z.string(),
  class: z.int().min(0),
  frame: z.int().min(0).default(0),
  origin: z.enum(['person', 'model']),
  score: z.number().nullable(),
  box: z.tuple([z.number(), z.number(), z.number(), z.number()]).optional(),
  rle: z.string().optional(),
})
const StoredDraft = z.object({
  at: z.number(),
  etag: z.string().nullable(),
  scheme: z.int().min(0).default(0),
  value: z.int().nullable(),
  tags: z.array(z.string()),
  marks: z.object({ width: z.int().positive(), height: z.int().positive(), list: z.array(StoredMark) }).nullable(),
  measures: Measures.default([]),
})

/** Keeps a draft where a closed tab does not take it along. A full shelf keeps what it has. */
export function keepDraft(
  shelf: Shelf,
  userId: string,
  imageId: string,
  { answer, etag, scheme }: Draft,
  now: number,
): void {
  const { value, tags, marks, measures } = answer
  const kept = { value, tags: [...tags], measures: [...measures] }
  const stored = { at: now, etag, scheme, ...kept, marks: marks && encodeMarks(marks) }
  try {
    shelf.setItem(keyOf(userId, imageId), JSON.stringify(stored satisfies z.infer<typeof StoredDraft>))
  } catch {
    // The answer itself is still on the screen and warns whoever closes it.
  }
}

/** The draft of an image; null without one, or when it cannot be read. */
export function readDraft(shelf: Shelf, userId: string, imageId: string): Draft | null {
  try {
    const stored = StoredDraft.parse(JSON.parse(shelf.getItem(keyOf(userId, imageId)) ?? 'null'))
    const { etag, scheme, value, tags, marks, measures } = stored
    return { etag, scheme, answer: { ...NO_ANSWER, value, tags, measures, marks: marks && decodeMarks(marks) } }
  } catch {
    return null
  }
}

export function dropDraft(shelf: Shelf, userId: string, imageId: string): void {
  shelf.removeItem(keyOf(userId, imageId))
}

/** Removes drafts that nobody came back to for a month. */
export function sweepDrafts(shelf: Shelf, now: number): void {
  const keys = Array.from({ length: shelf.length }, (_, at) => shelf.key(at) ?? '').filter((key) =>
    key.startsWith(PREFIX),
  )
  for (const key of keys) {
    const at = Number(/"at":(\d+)/.exec(shelf.getItem(key) ?? '')?.[1] ?? 0)
    if (now - at > LONGEST_MS) shelf.removeItem(key)
  }
}

const keyOf = (userId: string, imageId: string) => `${PREFIX}${userId}.${imageId}`

function encodeMarks({ size: { width, height }, list }: Marking) {
  return {
    width,
    height,
    list: list.map(({ shape, ...mark }) =>
      shape.kind === 'box'
        ? { ...mark, box: shape.box }
        : { ...mark, rle: encodeRegion(shape.region, { width, height }) },
    ),
  }
}

function decodeMarks({ width, height, list }: NonNullable<z.infer<typeof StoredDraft>['marks']>): Marking {
  const shapeOf = ({ box, rle }: z.infer<typeof StoredMark>): Mark['shape'] =>
    box ? { kind: 'box', box } : { kind: 'mask', region: decodeRegion(rle ?? '', { width, height }) }
  return {
    size: { width, height },
    list: list.map((mark) => ({
      ...{ id: mark.id, class: mark.class, frame: mark.frame, origin: mark.origin, score: mark.score },
      shape: shapeOf(mark),
    })),
  }
}
