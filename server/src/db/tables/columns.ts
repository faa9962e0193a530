import type { ColumnType, RawBuilder } from 'kysely'

/** A jsonb column: read as a value, written through `json()`. */
export type Json<Value> = ColumnType<Value, RawBuilder<Value>, RawBuilder<Value>>
export type Time = ColumnType<Date, Date | string, Date | string>
export type OptionalTime = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>
export type DefaultTime = ColumnType<Date, Date | string | undefined, Date | string>
