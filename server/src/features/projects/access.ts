import {
  type Access,
  AppError,
  holdsRight,
  type OrganisationId,
  type OrganisationRole,
  type ProjectId,
  type Right,
} from '@vesalius/contracts'
import type { Selectable } from 'kysely'
import type { Db } from '../../db/database.ts'
import type { ArticleRow } from '../../db/tables/articles.ts'
import type { WorkerTokensTable } from '../../db/tables/remote.ts'
import type { ProjectRow } from '../../db/tables.ts'
import type { SignedIn } from '../../http/route-call.ts'

/** The one place that decides. What each role may do stands in `contracts/src/rights.ts`, all of it in `docs/rights.md`. */

type Owned = Pick<ProjectRow, 'id' | 'owner_id' | 'organisation_id'>
type Member = Pick<SignedIn, 'id' | 'role' | 'memberships' | 'reviews'>

/** Their role on a project, the highest of several, without what shares of single images give; null for outsiders. */
export function roleOnProject(user: Member, project: Owned): OrganisationRole | null {
  if (user.role === 'administrator') return 'owner'
  const own = project.organisation_id
    ? user.memberships.get(project.organisation_id)
    : project.owner_id === user.id && ('owner' as const)
  if (own && holdsRight(own, 'review')) return own
  return user.reviews.has(project.id) ? 'reviewer' : own || null
}

export function mayOnProject(user: Member, project: Owned, right: Right): boolean {
  const role = roleOnProject(user, project)
  return role !== null && holdsRight(role, right)
}

/** Whether a person may see all of a project and decide on its labels. */
export function mayReview(user: Member, project: Owned): boolean {
  return mayOnProject(user, project, 'review')
}

/**
 * Throws NOT_FOUND when the project is missing, in the bin, or nothing the caller may see all of: outsiders cannot
 * tell which. Throws FORBIDDEN for a member whose role lacks the right.
 */
export async function requireProject(
  db: Db,
  user: SignedIn,
  projectId: ProjectId,
  right: Exclude<Right, 'see'>,
): Promise<ProjectRow> {
  const project = await findProject(db, projectId)
  if (!project) throw notFound()
  refuseWithout(right, roleOnProject(user, project))
  return project
}

/** Whether a program with a token may do work of a project: what its maker, who managed it, gave it the right to. */
export function mayWorkFor(
  token: Pick<Selectable<WorkerTokensTable>, 'project_id' | 'organisation_id'>,
  project: Pick<ProjectRow, 'id' | 'organisation_id' | 'deleted_at'>,
): boolean {
  if (project.deleted_at !== null) return false
  return token.organisation_id ? token.organisation_id === project.organisation_id : token.project_id === project.id
}

/** For those who may see at least a part: members, and those with whom images were shared. */
export async function requireProjectView(
  db: Db,
  user: SignedIn,
  projectId: ProjectId,
): Promise<{ project: ProjectRow; access: Access }> {
  const project = await findProject(db, projectId)
  if (!project) throw notFound()
  const role = roleOnProject(user, project)
  if (role) return { project, access: role }
  if (await holdsShare(db, user, projectId)) return { project, access: 'editor' }
  throw notFound()
}

/** A project in the bin, for those who may take it out. */
export async function requireDeletedProject(db: Db, user: SignedIn, projectId: ProjectId): Promise<ProjectRow> {
  const project = await db
    .selectFrom('projects')
    .selectAll()
    .where('id', '=', projectId)
    .where('deleted_at', 'is not', null)
    .executeTakeFirst()
  if (!project) throw notFound()
  refuseWithout('own', roleOnProject(user, project))
  return project
}

/** As `requireProject`, of an organisation. */
export function requireInOrganisation(user: SignedIn, organisationId: OrganisationId, right: Right): void {
  const role = user.role === 'administrator' ? 'owner' : (user.memberships.get(organisationId) ?? null)
  if (!role) throw new AppError('NOT_FOUND', 'There is no such organisation, or you may not see it.')
  if (!holdsRight(role, right)) throw forbidden()
}

type Held = Pick<ArticleRow, 'id' | 'author_id' | 'organisation_id' | 'project_id' | 'visibility' | 'state'>

/**
 * Their role on articles, asked one by one; null for outsiders. Whoever wrote one owns it, in a project or organisation as long
 * as they belong to it; others have their role there. A draft is for those who may review. Of a published one that is open to
 * everybody, or the guideline of a project they see, everyone else is a viewer.
 */
export function articleRoles(db: Db, user: SignedIn): (article: Held) => Promise<Access | null> {
  const known = new Map<ProjectId, Promise<Access | null>>()
  const roleInProject = (id: ProjectId) => {
    const role = known.get(id) ?? partialRole(db, user, id)
    known.set(id, role)
    return role
  }
  return async (article) => {
    if (user.role === 'administrator') return 'owner'
    const { organisation_id, project_id, visibility, state } = article
    const inOrganisation = organisation_id ? (user.memberships.get(organisation_id) ?? null) : null
    const atHome = project_id ? await roleInProject(project_id) : inOrganisation
    if (article.author_id === user.id && (atHome || (!organisation_id && !project_id))) return 'owner'
    const isOpen = state === 'published' && visibility === 'public'
    if (atHome && holdsRight(atHome, state === 'draft' ? 'review' : isOpen ? 'view' : 'see')) return atHome
    if (isOpen) return 'viewer'
    return state === 'published' && (await isGuidelineSeen(db, article.id, roleInProject)) ? 'viewer' : null
  }
}

/** A right on a home to put an article into; null: nobody's but the author's. */
export async function requireArticleHome(
  db: Db,
  user: SignedIn,
  home: { organisationId: OrganisationId | null; projectId: ProjectId | null },
): Promise<void> {
  if (home.organisationId) requireInOrganisation(user, home.organisationId, 'annotate')
  if (home.projectId) await requireProject(db, user, home.projectId, 'annotate')
}

async function isGuidelineSeen(
  db: Db,
  articleId: ArticleRow['id'],
  roleInProject: (id: ProjectId) => Promise<Access | null>,
): Promise<boolean> {
  const guided = await db
    .selectFrom('project_guidelines')
    .select('project_id')
    .where('article_id', '=', articleId)
    .limit(1000)
    .execute()
  for (const { project_id } of guided) if (await roleInProject(project_id)) return true
  return false
}

async function partialRole(db: Db, user: SignedIn, projectId: ProjectId): Promise<Access | null> {
  const project = await findProject(db, projectId)
  if (!project) return null
  return roleOnProject(user, project) ?? ((await holdsShare(db, user, projectId)) ? 'editor' : null)
}

function refuseWithout(right: Right, role: Access | null): void {
  if (!role) throw notFound()
  if (!holdsRight(role, right)) throw forbidden()
}

export function forbidden(): AppError {
  return new AppError('FORBIDDEN', 'Your role does not allow this. Ask those who manage it.')
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
    .selectFrom('shared_images')
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
