import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Db } from '../../db/database.ts'
import { AUDITED, type AuditedTable } from './audited-tables.ts'

const NAME = 'audit-triggers'

/** Puts the triggers that record changes on their tables, where this version's differ from those that are there. */
export async function installAuditTriggers(db: Db): Promise<void> {
  const statements = Object.entries(AUDITED).flatMap(([name, table]) => triggersOf(name, table))
  const digest = createHash('sha256').update(statements.join('\n')).digest('hex')
  await db.transaction().execute(async (trx) => {
    await sql`SELECT pg_advisory_xact_lock(736165, 32)`.execute(trx)
    const known = await trx.selectFrom('installation').select('value').where('name', '=', NAME).executeTakeFirst()
    if (known?.value === digest) return
    for (const statement of statements) await sql.raw(statement).execute(trx)
    await trx
      .insertInto('installation')
      .values({ name: NAME, value: digest })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: digest }))
      .execute()
  })
}

/** Deferred: they run when the transaction commits, and hold the chain for no longer. */
function triggersOf(name: string, { subject, key, columns, digested = [] }: AuditedTable): string[] {
  const quoted = columns.map((column) => `"${column}"`)
  const call = `audit_change('${subject}', '${key.join(',')}', '${columns.join(',')}', '${digested.join(',')}')`
  const row = (side: string) => `ROW(${quoted.map((column) => `${side}.${column}`).join(', ')})`
  const create = 'DEFERRABLE INITIALLY DEFERRED FOR EACH ROW'
  return [
    `DROP TRIGGER IF EXISTS audit_ends ON ${name}`,
    `DROP TRIGGER IF EXISTS audit_changes ON ${name}`,
    `CREATE CONSTRAINT TRIGGER audit_ends AFTER INSERT OR DELETE ON ${name} ${create} EXECUTE FUNCTION ${call}`,
    `CREATE CONSTRAINT TRIGGER audit_changes AFTER UPDATE OF ${quoted.join(', ')} ON ${name} ${create}
      WHEN (${row('OLD')} IS DISTINCT FROM ${row('NEW')}) EXECUTE FUNCTION ${call}`,
  ]
}
