import type { Kysely } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { migrations } from './migrations/index.ts'

/** Brings the schema to this version. Forward only; safe to call from several processes at once. */
export async function migrate<Schema>(db: Kysely<Schema>): Promise<string[]> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async (): Promise<Record<string, Migration>> => migrations },
  })
  const { error, results } = await migrator.migrateToLatest()
  if (error) throw new Error('the database could not be brought to this version', { cause: error })
  return (results ?? []).map((result) => result.migrationName)
}
