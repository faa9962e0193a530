import type { AuditFlaw, AuditVerification } from '@vesalius/contracts'
import { sql } from 'kysely'
import type { Db } from '../../db/database.ts'

const PAGE = 20_000
const MOST_FLAWS = 1000

/**
 * Computes every hash anew and compares it with what the event and its witness say. Whoever removes the newest events
 * together with their witnesses leaves no gap here: compare `head` with one that was kept elsewhere.
 */
export async function verifyAudit(db: Db): Promise<AuditVerification> {
  const last = await lastSeq(db)
  const flaws: AuditFlaw[] = []
  for (let from = 1; from <= last && flaws.length < MOST_FLAWS; from += PAGE) {
    const to = Math.min(from + PAGE - 1, last)
    const { rows } = await sql<AuditFlaw>`
      SELECT n AS seq, CASE
        WHEN e.hash IS NULL THEN 'gone'
        WHEN e.hash <> audit_hash(before.hash, e) THEN 'changed'
        ELSE 'witness' END AS flaw
      FROM generate_series(${from}::bigint, ${to}::bigint) AS n
      LEFT JOIN audit_events AS e ON e.seq = n
      LEFT JOIN audit_witness AS w ON w.seq = n
      LEFT JOIN audit_witness AS before ON before.seq = n - 1
      WHERE e.hash IS NULL OR w.hash IS NULL OR e.hash <> w.hash OR e.hash <> audit_hash(before.hash, e)
      ORDER BY n
      LIMIT ${MOST_FLAWS}`.execute(db)
    flaws.push(...rows)
  }
  const head = await db.selectFrom('audit_events').select(['seq', 'hash']).orderBy('seq', 'desc').executeTakeFirst()
  return {
    events: last,
    head: head ? { seq: head.seq, hash: Buffer.from(head.hash).toString('hex') } : null,
    flaws: flaws.slice(0, MOST_FLAWS),
  }
}

async function lastSeq(db: Db): Promise<number> {
  const { rows } = await sql<{ last: number }>`
    SELECT greatest((SELECT max(seq) FROM audit_events), (SELECT max(seq) FROM audit_witness), 0) AS last`.execute(db)
  return rows[0]?.last ?? 0
}
