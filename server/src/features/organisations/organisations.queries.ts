import type { Holdings, Member, Organisation, OrganisationId, OrganisationRole, UserId } from '@vesalius/contracts'
import { sql } from 'kysely'
import type { Db } from '../../db/database.ts'
import { countActiveRuns, countBytes, findLimits, presentLimit } from '../quotas/quota.ts'
import { presentSecondFactorRule } from '../rules/rules.service.ts'

/** As seen by somebody of these roles, by name. */
export async function findOrganisations(
  db: Db,
  ids: readonly OrganisationId[],
  roles: ReadonlyMap<OrganisationId, OrganisationRole>,
): Promise<Organisation[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('organisations')
    .selectAll()
    .select((select) => [
      select
        .selectFrom('organisation_members')
        .whereRef('organisation_id', '=', 'organisations.id')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .as('members'),
      select
        .selectFrom('projects')
        .whereRef('organisation_id', '=', 'organisations.id')
        .where('deleted_at', 'is', null)
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .as('projects'),
    ])
    .where('id', 'in', ids)
    .orderBy('name')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    role: roles.get(row.id) ?? null,
    members: row.members ?? 0,
    projects: row.projects ?? 0,
    quota: {
      storageBytes: presentLimit(row.quota_storage_bytes),
      activeRuns: presentLimit(row.quota_active_runs),
    },
    secondFactor: presentSecondFactorRule(row),
    createdAt: row.created_at.toISOString(),
  }))
}

export async function findMembers(db: Db, organisationId: OrganisationId): Promise<Member[]> {
  const rows = await db
    .selectFrom('organisation_members')
    .innerJoin('users', 'users.id', 'organisation_members.user_id')
    .select(['users.id', 'users.name', 'users.username', 'organisation_members.role'])
    .select('organisation_members.created_at as joined_at')
    .where('organisation_id', '=', organisationId)
    .orderBy('joined_at')
    .orderBy('users.id')
    .execute()
  return rows.map(({ id, name, username, role, joined_at }) => ({
    id,
    username: username ?? name,
    role,
    joinedAt: joined_at.toISOString(),
  }))
}

/** Their roles, held until the transaction ends, so that of two owners who leave at once the second one stays. */
export async function lockMembers(trx: Db, organisationId: OrganisationId): Promise<Map<UserId, OrganisationRole>> {
  await trx.selectFrom('organisations').select('id').where('id', '=', organisationId).forUpdate().execute()
  const rows = await trx
    .selectFrom('organisation_members')
    .select(['user_id', 'role'])
    .where('organisation_id', '=', organisationId)
    .execute()
  return new Map(rows.map((row) => [row.user_id, row.role]))
}

export async function findHoldings(db: Db, organisationId: OrganisationId): Promise<Holdings> {
  const { rows } = await sql<Pick<Holdings, 'projects' | 'images' | 'models' | 'members'>>`
    WITH held AS (SELECT id FROM projects WHERE organisation_id = ${organisationId})
    SELECT
      (SELECT count(*) FROM held) AS projects,
      (SELECT count(*) FROM images WHERE project_id IN (SELECT id FROM held)) AS images,
      (SELECT count(*) FROM model_versions WHERE project_id IN (SELECT id FROM held)) AS models,
      (SELECT count(*) FROM organisation_members WHERE organisation_id = ${organisationId}) AS members`.execute(db)
  const [counts] = rows
  if (!counts) throw new Error('a count has no row')
  return {
    ...counts,
    bytes: await countBytes(db, { organisationId }),
    activeRuns: await countActiveRuns(db, { organisationId }),
    limits: await findLimits(db, { organisationId }),
  }
}
