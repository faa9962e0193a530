import { AUDIT_FIELDS } from '@vesalius/contracts'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { AUDITED, UNRECORDED } from '../features/audit/audited-tables.ts'
import { openMemoryDatabase } from './database.ts'
import { migrate } from './migrate.ts'

it('every table is recorded, or named as not, in features/audit/audited-tables.ts', async () => {
  const { db, close } = await openMemoryDatabase()
  await migrate(db)
  const { rows } = await sql<{ table: string; column: string }>`
    SELECT table_name AS "table", column_name AS "column" FROM information_schema.columns
    JOIN information_schema.tables USING (table_schema, table_name)
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name NOT LIKE 'kysely%'`.execute(db)
  const names = [...new Set(rows.map((row) => row.table))]
  expect(names.filter((name) => !(name in AUDITED) && !UNRECORDED.includes(name))).toEqual([])
  const known = new Set(rows.map((row) => `${row.table}.${row.column}`))
  const told = Object.entries(AUDITED).flatMap(([name, { key, columns }]) =>
    [...key, ...columns].map((column) => `${name}.${column}`),
  )
  expect(told.filter((column) => !known.has(column))).toEqual([])
  const unnamed = Object.values(AUDITED).flatMap(({ columns }) =>
    columns.filter((column) => !AUDIT_FIELDS.some((field) => field === column)),
  )
  expect(unnamed, 'have no name for people in AUDIT_FIELDS').toEqual([])
  await close()
})
