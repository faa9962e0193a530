import {
  AppError,
  type Organisation,
  type OrganisationId,
  type ProjectId,
  type SetQuota,
  type Usage,
} from '@vesalius/contracts'
import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import type { Db } from '../../db/database.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { newId } from '../../ids.ts'
import { releaseArticles } from '../articles/move-article.ts'
import { escapePattern } from '../images/images.queries.ts'
import { countActiveRuns, countBytes, findLimits, storedLimit } from '../quotas/quota.ts'
import { findOrganisations } from './organisations.queries.ts'

const MAXIMUM_MEMBERSHIPS = 200

export async function createOrganisation(db: Db, user: SignedIn, name: string): Promise<Organisation> {
  if (user.memberships.size >= MAXIMUM_MEMBERSHIPS) {
    throw new AppError('CONFLICT', `A person belongs to at most ${MAXIMUM_MEMBERSHIPS} organisations.`)
  }
  const id = newId<OrganisationId>()
  await db.transaction().execute(async (trx) => {
    await trx
      .insertInto('organisations')
      .values({ id, name, quota_storage_bytes: null, quota_active_runs: null, created_by: user.id })
      .execute()
    await trx
      .insertInto('organisation_members')
      .values({ organisation_id: id, user_id: user.id, role: 'owner' })
      .execute()
  })
  return presentOrganisation(db, { ...user, memberships: new Map([[id, 'owner']]) }, id)
}

export async function presentOrganisation(db: Db, user: SignedIn, id: OrganisationId): Promise<Organisation> {
  const [organisation] = await findOrganisations(db, [id], user.memberships)
  if (!organisation) throw new AppError('NOT_FOUND', 'There is no such organisation, or you may not see it.')
  return organisation
}

export async function changeOrganisation(
  db: Db,
  user: SignedIn,
  id: OrganisationId,
  change: { name: string } | { quota: SetQuota },
): Promise<Organisation> {
  const values =
    'name' in change
      ? { name: change.name }
      : {
          quota_storage_bytes: storedLimit(change.quota.storageBytes),
          quota_active_runs: storedLimit(change.quota.activeRuns),
        }
  await db
    .updateTable('organisations')
    .set({ ...values, updated_at: sql`now()` })
    .where('id', '=', id)
    .execute()
  return presentOrganisation(db, user, id)
}

const MOST_LISTED = 200

/** For those who run the installation: by name, at most two hundred. */
export async function listWithUsage(
  db: Db,
  user: SignedIn,
  search?: string,
): Promise<{ organisation: Organisation; usage: Usage }[]> {
  let query = db.selectFrom('organisations').select('id').orderBy('name').orderBy('id').limit(MOST_LISTED)
  if (search) query = query.where('name', 'ilike', `%${escapePattern(search)}%`)
  const ids = (await query.execute()).map(({ id }) => id)
  const items: { organisation: Organisation; usage: Usage }[] = []
  for (const organisation of await findOrganisations(db, ids, user.memberships)) {
    const holder = { organisationId: organisation.id }
    const [storageBytes, activeRuns] = [await countBytes(db, holder), await countActiveRuns(db, holder)]
    items.push({ organisation, usage: { storageBytes, activeRuns, limits: await findLimits(db, holder) } })
  }
  return items
}

/** Its projects become the caller's: as they are, or in the bin. Answers which. */
export async function deleteOrganisation(
  { db, events }: Pick<Context, 'db' | 'events'>,
  user: SignedIn,
  id: OrganisationId,
  projects: 'bin' | 'keep',
): Promise<void> {
  const left = await db.transaction().execute(async (trx) => {
    const deletedAt = projects === 'bin' ? sql<Date>`coalesce(deleted_at, now())` : sql<Date>`deleted_at`
    const rows = await trx
      .updateTable('projects')
      .set({ owner_id: user.id, organisation_id: null, is_default: false, deleted_at: deletedAt })
      .where('organisation_id', '=', id)
      .returning('id')
      .execute()
    await releaseArticles(trx, { column: 'organisation_id', id })
    await trx.deleteFrom('organisations').where('id', '=', id).execute()
    return rows
  })
  publishProjects(events, left)
}

/** Tells everybody who listens to ask again: who sees these projects, or what of them, has changed. */
export function publishProjects(events: Context['events'], projects: readonly { id: ProjectId }[]): void {
  for (const { id } of projects) events.publish(id, { kind: 'project', projectId: id })
}
