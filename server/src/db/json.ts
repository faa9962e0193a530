import { type RawBuilder, sql } from 'kysely'

/** A value for a jsonb column. Written as text on purpose: the drivers disagree about arrays. */
export function json<Value>(value: Value): RawBuilder<Value> {
  return sql<Value>`${JSON.stringify(value)}::jsonb`
}

/** A value for an integer[] column, as text for the same reason. */
export function integers(values: readonly number[]): RawBuilder<number[]> {
  return sql<number[]>`${`{${values.join(',')}}`}::text::integer[]`
}
