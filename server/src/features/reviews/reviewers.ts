import { AppError, type ProjectId, type UserId } from '@vesalius/contracts'
import type { Context } from '../../context.ts'
import type { Db } from '../../db/database.ts'
import type { ProjectRow } from '../../db/tables.ts'
import { findPlaces } from '../organisations/memberships.ts'
import { requirePerson } from '../people/people.queries.ts'
import { mayReview } from '../projects/access.ts'

const MOST_REVIEWERS = 100

export async function listReviewers(db: Db, projectId: ProjectId) {
  const rows = await db
    .selectFrom('project_reviewers')
    .innerJoin('users', 'users.id', 'project_reviewers.user_id')
    .select(['users.id', 'users.name', 'users.username', 'project_reviewers.created_at'])
    .where('project_id', '=', projectId)
    .orderBy('project_reviewers.created_at')
    .execute()
  return rows.map(({ id, name, username, created_at }) => ({
    id,
    username: username ?? name,
    addedAt: created_at.toISOString(),
  }))
}

export async function addReviewer(
  { db, events }: Pick<Context, 'db' | 'events'>,
  project: ProjectRow,
  userId: UserId,
): Promise<void> {
  await requirePerson(db, userId)
  const places = await findPlaces(db, userId)
  if (mayReview({ id: userId, role: 'user', ...places }, project)) {
    throw new AppError('VALIDATION_FAILED', 'They may review it already.')
  }
  if ((await listReviewers(db, project.id)).length >= MOST_REVIEWERS) {
    throw new AppError('CONFLICT', `A project has at most ${MOST_REVIEWERS} reviewers.`)
  }
  await db
    .insertInto('project_reviewers')
    .values({ project_id: project.id, user_id: userId })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  events.publish(project.id, { kind: 'project', projectId: project.id })
}

export async function removeReviewer(
  { db, events }: Pick<Context, 'db' | 'events'>,
  project: ProjectRow,
  userId: UserId,
): Promise<void> {
  await db.deleteFrom('project_reviewers').where('project_id', '=', project.id).where('user_id', '=', userId).execute()
  events.publish(project.id, { kind: 'project', projectId: project.id })
}
