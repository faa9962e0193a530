import { AppError, type OrganisationId, type ProjectId } from '@vesalius/contracts'
import type { Db } from '../../db/database.ts'

/** Bytes of the images that an organisation's projects hold, the bin included: those take room too. */
export async function countBytes(db: Db, organisationId: OrganisationId): Promise<number> {
  const { bytes } = await db
    .selectFrom('images')
    .innerJoin('projects', 'projects.id', 'images.project_id')
    .select((select) => select.fn.coalesce(select.fn.sum<number>('byte_size'), select.val(0)).as('bytes'))
    .where('organisation_id', '=', organisationId)
    .executeTakeFirstOrThrow()
  return bytes
}

/** Trainings that wait or run. */
export async function countActiveRuns(db: Db, organisationId: OrganisationId): Promise<number> {
  const { runs } = await db
    .selectFrom('runs')
    .innerJoin('projects', 'projects.id', 'runs.project_id')
    .select((select) => select.fn.countAll<number>().as('runs'))
    .where('organisation_id', '=', organisationId)
    .where('state', 'in', ['pending', 'running'])
    .executeTakeFirstOrThrow()
  return runs
}

/**
 * Throws QUOTA_REACHED when what comes does not fit into what the organisation may store. Nobody else adds to it
 * between this look and the end of the transaction.
 */
export async function refuseBeyondStorage(
  trx: Db,
  organisationId: OrganisationId | null,
  coming: { bytes: number } | { projectId: ProjectId },
): Promise<void> {
  const limit = (await lockQuota(trx, organisationId))?.quota_storage_bytes ?? null
  if (limit === null || !organisationId) return
  const bytes = 'bytes' in coming ? coming.bytes : await countProjectBytes(trx, coming.projectId)
  if ((await countBytes(trx, organisationId)) + bytes > limit) {
    throw new AppError('QUOTA_REACHED', 'The organisation has no room left for this. Remove images for good, or ask.')
  }
}

/** Throws QUOTA_REACHED when one more training is one too many. */
export async function refuseBeyondRuns(trx: Db, organisationId: OrganisationId | null): Promise<void> {
  const limit = (await lockQuota(trx, organisationId))?.quota_active_runs ?? null
  if (limit === null || !organisationId) return
  if ((await countActiveRuns(trx, organisationId)) >= limit) {
    throw new AppError('QUOTA_REACHED', 'The organisation trains as many models as it may at a time. Wait for one.')
  }
}

async function lockQuota(trx: Db, organisationId: OrganisationId | null) {
  if (!organisationId) return undefined
  const quota = await trx
    .selectFrom('organisations')
    .select(['quota_storage_bytes', 'quota_active_runs'])
    .where('id', '=', organisationId)
    .executeTakeFirst()
  if (!quota || (quota.quota_storage_bytes === null && quota.quota_active_runs === null)) return undefined
  await trx.selectFrom('organisations').select('id').where('id', '=', organisationId).forUpdate().execute()
  return quota
}

async function countProjectBytes(db: Db, projectId: ProjectId): Promise<number> {
  const { bytes } = await db
    .selectFrom('images')
    .select((select) => select.fn.coalesce(select.fn.sum<number>('byte_size'), select.val(0)).as('bytes'))
    .where('project_id', '=', projectId)
    .executeTakeFirstOrThrow()
  return bytes
}
