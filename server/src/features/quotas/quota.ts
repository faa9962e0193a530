import {
  AppError,
  type OrganisationId,
  type ProjectId,
  type Quota,
  type QuotaSetting,
  type UserId,
} from '@vesalius/contracts'
import { sql } from 'kysely'
import type { Db } from '../../db/database.ts'
import type { ProjectRow } from '../../db/tables.ts'

/** Whose quota counts: that of the organisation a project belongs to, else of the person. */
export type Holder = { organisationId: OrganisationId } | { userId: UserId }

export function holderOf(project: Pick<ProjectRow, 'owner_id' | 'organisation_id'>): Holder {
  const { owner_id: userId, organisation_id: organisationId } = project
  return organisationId ? { organisationId } : { userId }
}

/** How a row keeps that nothing is limited, whatever the default is; null there: the default counts. */
const NO_LIMIT = -1

export const storedLimit = (setting: QuotaSetting): number | null =>
  setting === 'default' ? null : (setting ?? NO_LIMIT)

export const presentLimit = (stored: number | null): QuotaSetting =>
  stored === null ? 'default' : stored === NO_LIMIT ? null : stored

/** What a holder may use, the defaults of the installation counted in. */
export async function findLimits(db: Db, holder: Holder): Promise<Quota> {
  const rules = await db.selectFrom('installation_rules').selectAll().executeTakeFirst()
  const kind = 'organisationId' in holder ? 'organisation' : 'person'
  const { rows } = await sql<Stored>`SELECT quota_storage_bytes, quota_active_runs FROM ${rowOf(holder)}`.execute(db)
  const [set] = rows
  const limitOf = (own: number | null, general: number | null) => (own === NO_LIMIT ? null : (own ?? general))
  return {
    storageBytes: limitOf(set?.quota_storage_bytes ?? null, rules?.[`${kind}_storage_bytes`] ?? null),
    activeRuns: limitOf(set?.quota_active_runs ?? null, rules?.[`${kind}_active_runs`] ?? null),
  }
}

/** Bytes of the pictures and models in a holder's projects, the bin included: those take room too. */
export async function countBytes(db: Db, holder: Holder): Promise<number> {
  return sumBytes(db, ownProjects(holder))
}

/** Trainings that wait or run. */
export async function countActiveRuns(db: Db, holder: Holder): Promise<number> {
  const { rows } = await sql<{ runs: number }>`SELECT count(*) AS runs FROM runs
    WHERE state IN ('pending', 'running') AND project_id IN ${ownProjects(holder)}`.execute(db)
  return rows[0]?.runs ?? 0
}

/**
 * Throws QUOTA_REACHED when what comes does not fit into what the holder may store. Nobody else adds to it between this
 * look and the end of the transaction.
 */
export async function refuseBeyondStorage(
  trx: Db,
  holder: Holder,
  coming: { bytes: number } | { projectId: ProjectId },
): Promise<void> {
  if ((await findLimits(trx, holder)).storageBytes === null) return
  await lock(trx, holder)
  await refuseTooLarge(trx, holder, coming)
}

/** The same before anything is sent, as a hint: it holds nothing. */
export async function refuseTooLarge(
  db: Db,
  holder: Holder,
  coming: { bytes: number } | { projectId: ProjectId },
): Promise<void> {
  const { storageBytes: limit } = await findLimits(db, holder)
  if (limit === null) return
  const bytes = 'bytes' in coming ? coming.bytes : await sumBytes(db, sql`(SELECT ${coming.projectId}::text)`)
  if ((await countBytes(db, holder)) + bytes > limit) {
    throw new AppError('QUOTA_REACHED', 'No room is left for this. Remove images for good, or ask for more.')
  }
}

/** Throws RUN_QUOTA_REACHED when one more training is one too many. */
export async function refuseBeyondRuns(trx: Db, holder: Holder): Promise<void> {
  const { activeRuns: limit } = await findLimits(trx, holder)
  if (limit === null) return
  await lock(trx, holder)
  if ((await countActiveRuns(trx, holder)) >= limit) {
    throw new AppError('RUN_QUOTA_REACHED', 'As many models are trained as may be at a time. Wait for one.')
  }
}

async function lock(trx: Db, holder: Holder): Promise<void> {
  await sql`SELECT FROM ${rowOf(holder)} FOR NO KEY UPDATE`.execute(trx)
}

interface Stored {
  quota_storage_bytes: number | null
  quota_active_runs: number | null
}

const rowOf = (holder: Holder) =>
  'organisationId' in holder
    ? sql`organisations WHERE id = ${holder.organisationId}`
    : sql`users WHERE id = ${holder.userId}`

const ownProjects = (holder: Holder) =>
  'organisationId' in holder
    ? sql`(SELECT id FROM projects WHERE organisation_id = ${holder.organisationId})`
    : sql`(SELECT id FROM projects WHERE owner_id = ${holder.userId} AND organisation_id IS NULL)`

async function sumBytes(db: Db, projects: ReturnType<typeof ownProjects>): Promise<number> {
  const { rows } = await sql<{ bytes: number }>`SELECT (
    coalesce((SELECT sum(byte_size) FROM images WHERE project_id IN ${projects}), 0)
    + coalesce((SELECT sum(byte_size) FROM model_versions WHERE project_id IN ${projects}), 0))::bigint AS bytes`.execute(
    db,
  )
  return rows[0]?.bytes ?? 0
}
