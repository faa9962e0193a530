import type { OrganisationId, OrganisationRole, ProjectId, UserId } from '@vesalius/contracts'
import type { Db } from '../../db/database.ts'

/** Where a person has a place: organisations with their role, and projects that name them as a reviewer. */
export interface Places {
  readonly memberships: ReadonlyMap<OrganisationId, OrganisationRole>
  readonly reviews: ReadonlySet<ProjectId>
}

export async function findPlaces(db: Db, userId: UserId): Promise<Places> {
  const members = await db
    .selectFrom('organisation_members')
    .select(['organisation_id', 'role'])
    .where('user_id', '=', userId)
    .execute()
  const reviewed = await db.selectFrom('project_reviewers').select('project_id').where('user_id', '=', userId).execute()
  return {
    memberships: new Map(members.map((row) => [row.organisation_id, row.role])),
    reviews: new Set(reviewed.map((row) => row.project_id)),
  }
}
