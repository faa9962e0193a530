import { sql } from 'kysely'
import type { Db } from '../../db/database.ts'

/** Held by whoever changes how many administrators there are, until the end of their transaction. */
export async function lockAdministration(trx: Db): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(736165, 90)`.execute(trx)
}
