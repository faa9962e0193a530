import { z } from 'zod'
import { ModelVersionId } from './ids.ts'
import { Timestamp } from './time.ts'

/** One change of the model that makes the first guesses. */
export const Serving = z
  .object({
    modelVersionId: ModelVersionId,
    number: z.int(),
    reason: z.enum(['gate', 'promote', 'rollback']),
    /** User name; null: the gate, or the account is gone. */
    byName: z.string().nullable(),
    since: Timestamp,
  })
  .meta({ id: 'Serving' })
export type Serving = z.infer<typeof Serving>

/** One label a version learned from, or was kept from. */
export const LineageLabel = z
  .object({ imageId: z.string(), revision: z.int(), contentHash: z.string() })
  .meta({ id: 'LineageLabel' })
export type LineageLabel = z.infer<typeof LineageLabel>

/** The images that measure models and train none. */
export const HeldOut = z
  .object({ images: z.int(), groups: z.int(), perClass: z.array(z.int()) })
  .meta({ id: 'HeldOut' })
export type HeldOut = z.infer<typeof HeldOut>
