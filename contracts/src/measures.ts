import { z } from 'zod'

/**
 * Something a person measured on an image and kept with its label. It is no mark: nothing learns from it, and no exported
 * format holds it. Values are not kept, as they follow from the places and the spacing of the image.
 */
export const Measure = z
  .strictObject({
    id: z.string().min(1).max(64),
    /** `length`: two ends; `angle`: first arm, corner, second arm; `area`: the corners of an outline. */
    kind: z.enum(['length', 'angle', 'area']),
    /** `[x, y]` in pixels of the image. */
    points: z
      .array(z.tuple([z.number(), z.number()]))
      .min(2)
      .max(10_000),
    /** From 0; absent means 0. */
    frame: z.int().min(0).max(99_999).optional(),
  })
  .refine(({ kind, points }) => (kind === 'length' ? points.length === 2 : points.length >= 3), 'points are missing')
  .refine(({ kind, points }) => kind !== 'angle' || points.length === 3, 'an angle has three points')
  .meta({ id: 'Measure' })
export type Measure = z.infer<typeof Measure>

export const Measures = z
  .array(Measure)
  .max(1000)
  .refine((measures) => new Set(measures.map(({ id }) => id)).size === measures.length, 'ids must differ')

interface Measured {
  measures?: readonly Measure[] | undefined
}

/** What was measured; nothing where a label says nothing of it. */
export const measuresOf = (data: Measured): readonly Measure[] => data.measures ?? []

/** Label data with these measurements in place of its own. */
export function withMeasures<Data extends object>(data: Data, measures: readonly Measure[]): Data {
  const { measures: _, ...rest } = data as Data & Measured
  return (measures.length > 0 ? { ...rest, measures: [...measures] } : rest) as Data
}

/**
 * The measurements of two people who began from the same ones. What one changed, added or removed and the other left
 * alone is as that one left it; where both changed one, mine is kept, and one that either changed is never gone.
 */
export function mergeMeasures(
  base: readonly Measure[],
  theirs: readonly Measure[],
  mine: readonly Measure[],
): readonly Measure[] {
  const find = (list: readonly Measure[], id: string) => list.find((measure) => measure.id === id)
  const text = (measure: Measure | undefined) =>
    JSON.stringify(measure && [measure.kind, measure.points, measure.frame])
  return [...new Set([...theirs, ...mine].map(({ id }) => id))].flatMap((id) => {
    const [was, other, own] = [find(base, id), find(theirs, id), find(mine, id)]
    if (text(own) === text(was)) return other ?? []
    if (text(other) === text(was)) return own ?? []
    return own ?? other ?? []
  })
}
