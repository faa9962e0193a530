import type { ProjectCounts, ProjectId, UserId } from '@vesalius/contracts'
import { sql } from 'kysely'
import type { Db } from '../../db/database.ts'
import type { ProjectRow } from '../../db/tables.ts'
import { isSharedWith } from '../images/images.queries.ts'

/** Their own, and those of which images were shared with them. */
export async function findProjectsOf(db: Db, userId: UserId): Promise<ProjectRow[]> {
  return db
    .selectFrom('projects')
    .selectAll()
    .where((where) =>
      where.or([
        where('owner_id', '=', userId),
        where('id', 'in', where.selectFrom('image_editors').select('project_id').where('user_id', '=', userId)),
      ]),
    )
    .where('deleted_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
}

export async function findDeletedProjectsOf(db: Db, ownerId: UserId): Promise<ProjectRow[]> {
  return db
    .selectFrom('projects')
    .selectAll()
    .where('owner_id', '=', ownerId)
    .where('deleted_at', 'is not', null)
    .orderBy('deleted_at', 'desc')
    .execute()
}

type Counts = Omit<ProjectCounts, 'annotatedPerClass'>

const NO_IMAGES: Counts = { images: 0, toLabel: 0, annotated: 0, guessed: 0, problems: 0 }

/** `sharedWith`: counts only what was shared with this person. */
export async function countImages(
  db: Db,
  projects: readonly Pick<ProjectRow, 'id' | 'classes'>[],
  sharedWith?: UserId,
): Promise<Map<ProjectId, ProjectCounts>> {
  if (projects.length === 0) return new Map()
  const projectIds = projects.map((project) => project.id)
  const rows = await db
    .selectFrom('images')
    .select((select) => [
      'project_id',
      select.fn.countAll<number>().as('images'),
      sql<number>`count(*) FILTER (WHERE state = 'TO_LABEL')`.as('toLabel'),
      sql<number>`count(*) FILTER (WHERE annotated_at IS NOT NULL)`.as('annotated'),
      sql<number>`count(*) FILTER (WHERE annotated_at IS NULL AND guess_model_id IS NOT NULL)`.as('guessed'),
      sql<number>`count(*) FILTER (WHERE problem IS NOT NULL)`.as('problems'),
    ])
    .where('project_id', 'in', projectIds)
    .where('state', '<>', 'DELETED')
    .$if(sharedWith !== undefined, (query) => query.where(isSharedWith(sharedWith as UserId)))
    .groupBy('project_id')
    .execute()
  const counts = new Map<ProjectId, Counts>(rows.map(({ project_id, ...count }) => [project_id, count]))
  const usage = await countPerClass(db, projectIds, sharedWith)
  return new Map(
    projects.map(({ id, classes }) => {
      const annotatedPerClass = classes.map((_, index) => usage.get(`${id} ${index}`) ?? 0)
      return [id, { ...(counts.get(id) ?? NO_IMAGES), annotatedPerClass }]
    }),
  )
}

/** Annotated images whose label uses a class, by `<project> <class index>`. */
async function countPerClass(db: Db, projectIds: ProjectId[], sharedWith?: UserId): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('images')
    .innerJoinLateral(sql<{ index: number }>`unnest(label_classes)`.as<'used'>(sql`used(index)`), (join) =>
      join.onTrue(),
    )
    .select((select) => ['project_id', 'used.index', select.fn.countAll<number>().as('images')])
    .where('project_id', 'in', projectIds)
    .where('annotated_at', 'is not', null)
    .where('state', '<>', 'DELETED')
    .$if(sharedWith !== undefined, (query) => query.where(isSharedWith(sharedWith as UserId)))
    .groupBy(['project_id', 'used.index'])
    .execute()
  return new Map(rows.map((row) => [`${row.project_id} ${row.index}`, row.images]))
}

/** Takes classes from `count` on out of what models said; their guesses stay as they were said in the predictions. */
export async function forgetClasses(db: Db, projectId: ProjectId, count: number): Promise<void> {
  await db
    .updateTable('images')
    .set({
      label_value: sql`CASE WHEN label_value < ${count} THEN label_value END`,
      guess_value: sql`CASE WHEN guess_value < ${count} THEN guess_value END`,
      label_classes: sql`ARRAY(SELECT index FROM unnest(label_classes) AS index WHERE index < ${count})`,
    })
    .where('project_id', '=', projectId)
    .where(sql<boolean>`(label_value >= ${count} OR guess_value >= ${count} OR ${count} <= ANY (label_classes))`)
    .execute()
}

/** Class indices that labels of the project use, the bin included: those come back with a restore. */
export async function findUsedClasses(db: Db, projectId: ProjectId): Promise<number[]> {
  const rows = await db
    .selectFrom('images')
    .select(sql<number>`unnest(label_classes)`.as('index'))
    .distinct()
    .where('project_id', '=', projectId)
    .where('annotated_at', 'is not', null)
    .execute()
  return rows.map((row) => row.index)
}
