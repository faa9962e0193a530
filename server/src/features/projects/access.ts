import { AppError, type ProjectId } from '@vesalius/contracts'
import type { Db } from '../../db/database.ts'
import type { ProjectRow } from '../../db/tables.ts'
import type { SignedIn } from '../../http/route-call.ts'

/** Whether a person may see and change what a project holds. The one place that decides. */
export function mayUseProject(user: SignedIn, project: Pick<ProjectRow, 'owner_id'>): boolean {
  return project.owner_id === user.id || user.role === 'administrator'
}

/** Throws NOT_FOUND when the project is missing, in the bin, or not the caller's: outsiders cannot tell which. */
export async function requireProject(db: Db, user: SignedIn, projectId: ProjectId): Promise<ProjectRow> {
  const project = await db
    .selectFrom('projects')
    .selectAll()
    .where('id', '=', projectId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  if (!project || !mayUseProject(user, project)) {
    throw new AppError('NOT_FOUND', 'There is no such project, or you may not see it.')
  }
  return project
}
