import { holdsRight, type ProjectCounts, type ProjectId, type UserId } from '@vesalius/contracts'
import { sql } from 'kysely'
import type { Db } from '../../db/database.ts'
import type { ImageCountsTable } from '../../db/tables/projects.ts'
import type { ProjectRow } from '../../db/tables.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { isSharedWith } from '../images/images.queries.ts'

type Person = Pick<SignedIn, 'id' | 'memberships'>

/** Their own, those of their organisations, those they review, and those of which images were shared with them. */
export async function findProjectsOf(db: Db, { id: userId, memberships }: Person): Promise<ProjectRow[]> {
  return db
    .selectFrom('projects')
    .selectAll()
    .where((where) =>
      where.or([
        where.and([where('owner_id', '=', userId), where('organisation_id', 'is', null)]),
        ...(memberships.size > 0 ? [where('organisation_id', 'in', [...memberships.keys()])] : []),
        where('id', 'in', where.selectFrom('project_reviewers').select('project_id').where('user_id', '=', userId)),
        where('id', 'in', where.selectFrom('shared_images').select('project_id').where('user_id', '=', userId)),
      ]),
    )
    .where('deleted_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
}

/** Those they may restore: their own, and those of organisations they own. */
export async function findDeletedProjectsOf(db: Db, { id: userId, memberships }: Person): Promise<ProjectRow[]> {
  const owned = [...memberships].flatMap(([id, role]) => (holdsRight(role, 'own') ? [id] : []))
  return db
    .selectFrom('projects')
    .selectAll()
    .where((where) =>
      where.or([
        where.and([where('owner_id', '=', userId), where('organisation_id', 'is', null)]),
        ...(owned.length > 0 ? [where('organisation_id', 'in', owned)] : []),
      ]),
    )
    .where('deleted_at', 'is not', null)
    .orderBy('deleted_at', 'desc')
    .execute()
}

/** `sharedWith`: counts only what was shared with this person. */
export async function countImages(
  db: Db,
  projects: readonly Pick<ProjectRow, 'id' | 'classes'>[],
  sharedWith?: UserId,
): Promise<Map<ProjectId, ProjectCounts>> {
  if (projects.length === 0) return new Map()
  const projectIds = projects.map((project) => project.id)
  const rows = await (sharedWith ? countShared(db, projectIds, sharedWith) : sumCounts(db, projectIds))
  const values = new Map(rows.map((row) => [`${row.project_id} ${row.key}`, row.value]))
  return new Map(
    projects.map(({ id, classes }) => {
      const of = (key: string) => values.get(`${id} ${key}`) ?? 0
      const counts = {
        images: of('images'),
        toLabel: of('toLabel'),
        annotated: of('annotated'),
        annotatedPerClass: classes.map((_, index) => of(`class:${index}`)),
        guessed: of('guessed'),
        problems: of('problems'),
      }
      return [id, counts]
    }),
  )
}

type Count = Pick<ImageCountsTable, 'project_id' | 'key' | 'value'>

/** The sums that are kept with each change. */
function sumCounts(db: Db, projectIds: ProjectId[]): Promise<Count[]> {
  return db
    .selectFrom('image_counts')
    .select((select) => ['project_id', 'key', sql<number>`${select.fn.sum('value')}::bigint`.as('value')])
    .where('project_id', 'in', projectIds)
    .groupBy(['project_id', 'key'])
    .execute()
}

/** The same of what was shared with a person, counted: that is chosen image by image, so there are few. */
function countShared(db: Db, projectIds: ProjectId[], userId: UserId): Promise<Count[]> {
  return db
    .selectFrom('images')
    .innerJoinLateral(
      sql<{
        key: string
      }>`unnest(image_count_keys(state, annotated_at, guess_model_id, problem, label_classes))`.as<'counted'>(
        sql`counted(key)`,
      ),
      (join) => join.onTrue(),
    )
    .select((select) => ['project_id', 'counted.key', select.fn.countAll<number>().as('value')])
    .where('project_id', 'in', projectIds)
    .where(isSharedWith(userId))
    .groupBy(['project_id', 'counted.key'])
    .execute()
}

/** Makes one row of the counts of every connection; those that run now add to rows of their own again. */
export async function foldCounts(db: Db): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`LOCK TABLE image_counts IN SHARE ROW EXCLUSIVE MODE`.execute(trx)
    await sql`CREATE TEMPORARY TABLE folded ON COMMIT DROP AS
      SELECT project_id, key, sum(value)::bigint AS value FROM image_counts GROUP BY project_id, key`.execute(trx)
    await trx.deleteFrom('image_counts').execute()
    await sql`INSERT INTO image_counts (project_id, key, shard, value)
      SELECT project_id, key, 0, value FROM folded WHERE value <> 0`.execute(trx)
  })
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
    .selectFrom('image_counts')
    .select('key')
    .where('project_id', '=', projectId)
    .where('key', 'like', 'used:%')
    .groupBy('key')
    .having((having) => having.fn.sum('value'), '>', 0)
    .execute()
  return rows.map((row) => Number(row.key.slice('used:'.length)))
}
