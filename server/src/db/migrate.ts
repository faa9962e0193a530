import { type Kysely, sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { migrations } from './migrations/index.ts'

/**
 * A newer version may have been here: while processes are replaced one by one, or when one goes back. Its migrations only
 * add, so this version runs on them as well; those that take something away from it say `-contract-` in their name.
 */
const CONTRACTS = '-contract-'
const TRIES = 3

export class SchemaTooNewError extends Error {
  override name = 'SchemaTooNewError'
}

/**
 * Brings the schema to this version, or with `only` as far as those migrations. Forward only; safe to call from several
 * processes at once.
 */
export async function migrate<Schema>(db: Kysely<Schema>, only?: readonly string[]): Promise<string[]> {
  for (let tries = 1; ; tries += 1) {
    const known = { ...(await findLater(db)), ...migrations }
    const wanted = only ? Object.fromEntries(Object.entries(known).filter(([name]) => only.includes(name))) : known
    const provider = { getMigrations: async () => wanted }
    const { error, results } = await new Migrator({ db, provider, allowUnorderedMigrations: true }).migrateToLatest()
    if (!error) return (results ?? []).map((result) => result.migrationName)
    // A newer version that starts beside this one may have come in between.
    if (tries === TRIES) throw new Error('the database could not be brought to this version', { cause: error })
  }
}

/** Migrations that are done and unknown to this version. */
async function findLater<Schema>(db: Kysely<Schema>): Promise<Record<string, Migration>> {
  const { rows: tables } = await sql<{
    name: string | null
  }>`SELECT to_regclass('kysely_migration')::text AS name`.execute(db)
  if (!tables[0]?.name) return {}
  const { rows } = await sql<{ name: string }>`SELECT name FROM kysely_migration`.execute(db)
  const later = rows.map(({ name }) => name).filter((name) => !(name in migrations))
  const contract = later.find((name) => name.includes(CONTRACTS))
  if (contract) {
    throw new SchemaTooNewError(
      `A newer version has changed this database in a way that this version cannot use (${contract}). Start the newer version.`,
    )
  }
  return Object.fromEntries(later.map((name) => [name, { up: async () => {} }]))
}
