import { createHash } from 'node:crypto'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../../db/tables.ts'

type Trx = Transaction<Tables>

/** What only running processes mean anything by. */
const PASSING = ['processes', 'leases', 'change_notes', 'presences', 'kysely_migration_lock', 'kysely_migration']
const PAGE = 2000

export async function listTables(trx: Trx): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`SELECT table_name AS name FROM information_schema.tables
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY table_name COLLATE "C"`.execute(trx)
  return rows.map(({ name }) => name).filter((name) => !PASSING.includes(name))
}

/**
 * Every row of a table as one line of JSON, in the order of the lines, so that equal contents are equal bytes. Times are
 * told in UTC and numbers exactly, whatever the session says.
 */
export async function* readRows(trx: Trx, table: string): AsyncGenerator<string[]> {
  await sql`SET LOCAL TIME ZONE 'UTC'`.execute(trx)
  await sql`SET LOCAL extra_float_digits = 1`.execute(trx)
  await sql`DECLARE backup_rows NO SCROLL CURSOR FOR
    SELECT row_to_json(t)::text AS line FROM ${sql.table(table)} t ORDER BY row_to_json(t)::text COLLATE "C"`.execute(
    trx,
  )
  for (;;) {
    const { rows } = await sql<{ line: string }>`FETCH ${sql.raw(String(PAGE))} FROM backup_rows`.execute(trx)
    if (rows.length > 0) yield rows.map(({ line }) => line)
    if (rows.length < PAGE) break
  }
  await sql`CLOSE backup_rows`.execute(trx)
}

/** Count and SHA-256 of the rows of a table. */
export async function digestRows(trx: Trx, table: string): Promise<{ rows: number; sha256: string }> {
  const hash = createHash('sha256')
  let rows = 0
  for await (const lines of readRows(trx, table)) {
    for (const line of lines) hash.update(`${line}\n`)
    rows += lines.length
  }
  return { rows, sha256: hash.digest('hex') }
}

/** Puts rows into a table that has the columns they were told with. */
export async function insertRows(trx: Trx, table: string, lines: readonly string[]): Promise<void> {
  const columns = await listColumns(trx, table)
  const list = sql.join(columns.map((name) => sql.ref(name)))
  await sql`INSERT INTO ${sql.table(table)} (${list}) OVERRIDING SYSTEM VALUE
    SELECT ${list} FROM json_populate_recordset(NULL::${sql.table(table)}, ${`[${lines.join(',')}]`}::json)`.execute(
    trx,
  )
}

async function listColumns(trx: Trx, table: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`SELECT column_name AS name FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name = ${table} AND is_generated = 'NEVER' ORDER BY ordinal_position`.execute(
    trx,
  )
  return rows.map(({ name }) => name)
}

/** Runs `fill` while no reference is checked and no trigger runs; checks all references afterwards. */
export async function withoutChecks(trx: Trx, tables: readonly string[], fill: () => Promise<void>): Promise<void> {
  const { rows: references } = await sql<{ table: string; name: string; definition: string }>`
    SELECT conrelid::regclass::text AS "table", conname AS name, pg_get_constraintdef(oid) AS definition
    FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace`.execute(trx)
  for (const { table, name } of references) {
    await sql`ALTER TABLE ${sql.table(table)} DROP CONSTRAINT ${sql.ref(name)}`.execute(trx)
  }
  for (const table of tables) await sql`ALTER TABLE ${sql.table(table)} DISABLE TRIGGER USER`.execute(trx)
  await fill()
  for (const table of tables) await sql`ALTER TABLE ${sql.table(table)} ENABLE TRIGGER USER`.execute(trx)
  for (const { table, name, definition } of references) {
    await sql`ALTER TABLE ${sql.table(table)} ADD CONSTRAINT ${sql.ref(name)} ${sql.raw(definition)}`.execute(trx)
  }
}

/** Sequences go on behind the highest number that is taken. */
export async function advanceSequences(trx: Trx): Promise<void> {
  const { rows } = await sql<{ table: string; column: string; sequence: string }>`
    SELECT c.table_name AS "table", c.column_name AS "column",
      pg_get_serial_sequence(quote_ident(c.table_name), c.column_name) AS sequence
    FROM information_schema.columns c JOIN information_schema.tables USING (table_schema, table_name)
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
    AND pg_get_serial_sequence(quote_ident(c.table_name), c.column_name) IS NOT NULL`.execute(trx)
  for (const { table, column, sequence } of rows) {
    await sql`SELECT setval(${sequence}::regclass, coalesce((SELECT max(${sql.ref(column)}) FROM ${sql.table(table)}), 0) + 1, false)`.execute(
      trx,
    )
  }
}
