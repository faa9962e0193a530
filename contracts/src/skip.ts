import { z } from 'zod'
import { UserId } from './ids.ts'
import { Timestamp } from './time.ts'

/** Why a person gave no answer. */
export const SkipReason = z.enum(['unsure', 'quality', 'unfit', 'expert', 'other'])
export type SkipReason = z.infer<typeof SkipReason>

export const Skip = z
  .object({
    reason: SkipReason,
    /** In the person's own words; may be empty. */
    note: z.string(),
    userId: UserId,
    at: Timestamp,
  })
  .meta({ id: 'Skip' })
export type Skip = z.infer<typeof Skip>
