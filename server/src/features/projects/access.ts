import { type Access, AppError, type ProjectId } from '@vesalius/contracts'
import type { Db } from '../../db/database.ts'
import type { ProjectRow } from '../../db/tables.ts'
import type { SignedIn } from '../../http/route-call.ts'

/** Whether a person may see and change all that a project holds. The one place that decides. */
export function mayUseProject(user: SignedIn, project: Pick<ProjectRow, 'owner_id'>): boolean {
  return project.owner_id === user.id || user.role === 'administrator'
}

/** Whether a person may see all of a project and decide on its labels. */
export function mayReview(user: SignedIn, project: Pick<ProjectRow, 'id' | 'owner_id'>): boolean {
  return mayUseProject(user, project) || user.reviews.has(project.id)
}

/** Throws NOT_FOUND when the project is missing, in the bin, or not the caller's: outsiders cannot tell which. */
export async function requireProject(db: Db, user: SignedIn, projectId: ProjectId): Promise<ProjectRow> {
  const project = await findProject(db, projectId)
  if (!project || !mayUseProject(user, project)) throw notFound()
  return project
}

/** As `requireProject`, but also for its reviewers and those with whom images of it were shared. */
export async function requireProjectView(
  db: Db,
  user: SignedIn,
  projectId: ProjectId,
): Promise<{ project: ProjectRow; access: Access }> {
  const project = await findProject(db, projectId)
  if (!project) throw notFound()
  if (mayUseProject(user, project)) return { project, access: 'owner' }
  if (mayReview(user, project)) return { project, access: 'reviewer' }
  if (await holdsShare(db, user, projectId)) return { project, access: 'editor' }
  throw notFound()
}

async function findProject(db: Db, projectId: ProjectId): Promise<ProjectRow | undefined> {
  return db
    .selectFrom('projects')
    .selectAll()
    .where('id', '=', projectId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
}

async function holdsShare(db: Db, user: SignedIn, projectId: ProjectId): Promise<boolean> {
  const share = await db
    .selectFrom('image_editors')
    .select('image_id')
    .where('user_id', '=', user.id)
    .where('project_id', '=', projectId)
    .limit(1)
    .executeTakeFirst()
  return share !== undefined
}

function notFound(): AppError {
  return new AppError('NOT_FOUND', 'There is no such project, or you may not see it.')
}
