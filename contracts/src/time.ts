import { z } from 'zod'

/** A moment, ISO 8601 in UTC, e.g. `2026-01-31T12:00:00.000Z`. */
export const Timestamp = z.iso.datetime().meta({ id: 'Timestamp' })
export type Timestamp = z.infer<typeof Timestamp>
