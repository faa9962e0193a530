import { type RawBuilder, sql } from 'kysely'

/** A value for a jsonb column. Written as text on purpose: the drivers disagree about arrays. */
export function json<Value>(value: Value): RawBuilder<Value> {
  return sql<Value>`${JSON.stringify(value)}::jsonb`
}
