import { z } from 'zod'
import { Algorithm } from './algorithm.ts'
import { Timestamp } from './time.ts'

/** One setting that became another. Settings inside settings are named with a point: `gate.confidence`. */
export const SettingChange = z
  .object({ field: z.string(), from: z.unknown(), to: z.unknown() })
  .meta({ id: 'SettingChange' })
export type SettingChange = z.infer<typeof SettingChange>

/** The settings as they were saved once: who, when, and what was other before. */
export const AlgorithmVersion = z
  .object({
    version: z.int(),
    algorithm: Algorithm,
    changes: z.array(SettingChange),
    /** User name; null: the project came with them, or the account is gone. */
    authorName: z.string().nullable(),
    /** The version that was put back. */
    restoredFrom: z.int().nullable(),
    createdAt: Timestamp,
  })
  .meta({ id: 'AlgorithmVersion' })
export type AlgorithmVersion = z.infer<typeof AlgorithmVersion>

/** What differs between two settings, by the names of their fields. */
export function compareSettings(before: object, after: object, path = ''): SettingChange[] {
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()
  return fields.flatMap((name) => {
    const from = (before as Record<string, unknown>)[name] ?? null
    const to = (after as Record<string, unknown>)[name] ?? null
    const field = path + name
    if (isGroup(from) && isGroup(to)) return compareSettings(from, to, `${field}.`)
    return JSON.stringify(from) === JSON.stringify(to) ? [] : [{ field, from, to }]
  })
}

function isGroup(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
