import { sql } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from './database.ts'

const LOOK_EVERY_MS = 5 * 60_000
/** The thresholds of PostgreSQL's own autovacuum. */
const LEAST_ROWS = 50
const ANALYZE_SHARE = 0.1
const VACUUM_SHARE = 0.2

/**
 * The embedded database has no process beside it that collects statistics and frees the room of old rows, so a list
 * over many rows would be planned blindly. Does what a server does by itself, from the start on and every five minutes;
 * nothing where a server is used.
 */
export function startTidying({ database, log }: Pick<Context, 'database' | 'log'>): { stop(): Promise<void> } {
  if (database.kind === 'server') return { stop: async () => {} }
  const look = () => tidyTables(database).catch((error) => log.warn({ err: error }, 'the tables could not be tidied'))
  let looking: Promise<unknown> = look()
  const timer = setInterval(() => {
    looking = looking.then(look)
  }, LOOK_EVERY_MS)
  return {
    stop: async () => {
      clearInterval(timer)
      await looking
    },
  }
}

/** Analyzes tables that changed by a tenth, or never were, and vacuums those with a fifth of dead rows; answers them. */
export async function tidyTables({ db }: Pick<Database, 'db'>): Promise<{ vacuumed: string[]; analyzed: string[] }> {
  await sql`SELECT pg_stat_force_next_flush()`.execute(db)
  const { rows } = await sql<{ name: string; isDead: boolean; isChanged: boolean }>`
    SELECT format('%I.%I', s.schemaname, s.relname) AS name,
      n_dead_tup > ${LEAST_ROWS} + ${VACUUM_SHARE}::float8 * n_live_tup AS "isDead",
      n_mod_since_analyze > ${LEAST_ROWS} + ${ANALYZE_SHARE}::float8 * n_live_tup OR (c.reltuples < 0 AND c.relpages > 0) AS "isChanged"
    FROM pg_stat_user_tables s JOIN pg_class c ON c.oid = s.relid
    WHERE c.relkind = 'r' ORDER BY 1`.execute(db)
  for (const { name, isDead, isChanged } of rows) {
    if (isDead) await sql.raw(`VACUUM ${name}`).execute(db)
    if (isChanged) await sql.raw(`ANALYZE ${name}`).execute(db)
  }
  const namesOf = (test: (row: (typeof rows)[number]) => boolean) => rows.filter(test).map(({ name }) => name)
  return { vacuumed: namesOf(({ isDead }) => isDead), analyzed: namesOf(({ isChanged }) => isChanged) }
}
