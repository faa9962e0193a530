import { AppError, type OrganisationId, type UserId } from '@vesalius/contracts'
import { sql } from 'kysely'
import type { Db } from '../../db/database.ts'
import type { ProjectRow } from '../../db/tables.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { requirePerson } from '../people/people.queries.ts'
import { refuseBeyondStorage } from '../quotas/quota.ts'
import { requireInOrganisation } from './access.ts'

export type NewOwner = { organisationId: OrganisationId } | { userId: UserId }

/** Gives a project away, with all it holds; files stay where they are. A place among the usual projects becomes free. */
export async function transferProject(db: Db, user: SignedIn, project: ProjectRow, to: NewOwner): Promise<void> {
  if ('organisationId' in to) requireInOrganisation(user, to.organisationId, 'manage')
  else await requirePerson(db, to.userId)
  await db.transaction().execute(async (trx) => {
    const stays =
      'organisationId' in to
        ? to.organisationId === project.organisation_id
        : to.userId === project.owner_id && !project.organisation_id
    if (!stays) await refuseBeyondStorage(trx, to, { projectId: project.id })
    const owner =
      'userId' in to ? { owner_id: to.userId, organisation_id: null } : { organisation_id: to.organisationId }
    const moved = await trx
      .updateTable('projects')
      .set({ ...owner, is_default: false, updated_at: sql`now()` })
      .where('id', '=', project.id)
      .where('deleted_at', 'is', null)
      .returning('id')
      .executeTakeFirst()
    if (!moved) throw new AppError('NOT_FOUND', 'There is no such project, or you may not see it.')
  })
}
