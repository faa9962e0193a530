import { statfs } from 'node:fs/promises'
import type { HeldStorage, Overview, QueueState } from '@vesalius/contracts'
import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import type { Db } from '../../db/database.ts'

type Parts = Pick<Context, 'db' | 'database' | 'config' | 'version'>

const FRESH_MS = 60_000

/** Counting the bytes reads every image's row, so one answer serves everybody for a minute. */
export function rememberOverview(parts: Parts): () => Promise<Overview> {
  let last: { at: number; overview: Promise<Overview> } | null = null
  return () => {
    if (!last || Date.now() - last.at > FRESH_MS) {
      const overview = lookOver(parts)
      last = { at: Date.now(), overview }
      overview.catch(() => {
        last = null
      })
    }
    return last.overview
  }
}

async function lookOver({ db, database, config, version }: Parts): Promise<Overview> {
  const { rows } = await sql<Record<string, number>>`SELECT
    (SELECT count(*) FROM users WHERE "deletedAt" IS NULL) AS accounts,
    (SELECT count(*) FROM users WHERE "frozenAt" IS NOT NULL AND "deletedAt" IS NULL) AS "frozenAccounts",
    (SELECT count(*) FROM organisations) AS organisations,
    (SELECT count(*) FROM projects WHERE deleted_at IS NULL) AS projects,
    (SELECT coalesce(sum(byte_size), 0)::bigint FROM model_versions) AS "modelBytes",
    (SELECT count(*) FROM runs WHERE state = 'pending') AS waiting,
    (SELECT count(*) FROM runs WHERE state = 'running') AS running,
    (SELECT count(*) FROM mails) AS "unsentMails",
    pg_database_size(current_database()) AS "databaseBytes"`.execute(db)
  const counts = (name: string) => rows[0]?.[name] ?? 0
  const holders = await findHolders(db)
  return {
    version,
    startedAt: new Date(Date.now() - process.uptime() * 1000).toISOString(),
    accounts: counts('accounts'),
    frozenAccounts: counts('frozenAccounts'),
    organisations: counts('organisations'),
    projects: counts('projects'),
    images: holders.reduce((sum, { images }) => sum + images, 0),
    imageBytes: holders.reduce((sum, { bytes }) => sum + bytes, 0),
    modelBytes: counts('modelBytes'),
    databaseBytes: counts('databaseBytes'),
    isDatabaseEmbedded: database.kind === 'embedded',
    disk: await readDisk(config.dataDirectory),
    largest: holders.slice(0, 10),
    queues: await findQueues(db),
    runs: { waiting: counts('waiting'), running: counts('running') },
    unsentMails: counts('unsentMails'),
  }
}

/** Who holds images, whoever holds most first. */
async function findHolders(db: Db): Promise<HeldStorage[]> {
  const { rows } = await sql<HeldStorage>`
    WITH held AS (SELECT project_id, count(*) AS images, sum(byte_size)::bigint AS bytes FROM images GROUP BY project_id)
    SELECT coalesce(p.organisation_id, p.owner_id) AS "ownerId",
      coalesce(o.name, u."displayUsername", u.username, u.name) AS name,
      p.organisation_id IS NOT NULL AS "isOrganisation",
      sum(held.images)::bigint AS images, sum(held.bytes)::bigint AS bytes
    FROM held JOIN projects p ON p.id = held.project_id
    JOIN users u ON u.id = p.owner_id LEFT JOIN organisations o ON o.id = p.organisation_id
    GROUP BY 1, 2, 3 ORDER BY bytes DESC, name`.execute(db)
  return rows
}

async function findQueues(db: Db): Promise<QueueState[]> {
  const { rows } = await sql<Omit<QueueState, 'oldestWaitingAt'> & { oldest: Date | null }>`
    SELECT name, count(*) FILTER (WHERE state IN ('created', 'retry')) AS waiting,
      count(*) FILTER (WHERE state = 'active') AS active,
      count(*) FILTER (WHERE state = 'failed') AS failed,
      min(created_on) FILTER (WHERE state IN ('created', 'retry')) AS oldest
    FROM jobs.job WHERE state IN ('created', 'retry', 'active', 'failed') GROUP BY name ORDER BY name`.execute(db)
  return rows.map(({ oldest, ...row }) => ({ ...row, oldestWaitingAt: oldest?.toISOString() ?? null }))
}

async function readDisk(folder: string): Promise<Overview['disk']> {
  try {
    const { bsize, blocks, bavail } = await statfs(folder)
    return { totalBytes: blocks * bsize, freeBytes: bavail * bsize }
  } catch {
    return null
  }
}
