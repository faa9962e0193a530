import type { ProjectCounts, ProjectId, UserId } from '@vesalius/contracts'
import { sql } from 'kysely'
import type { Db } from '../../db/database.ts'
import type { ProjectRow } from '../../db/tables.ts'

export async function findProjectsOf(db: Db, ownerId: UserId): Promise<ProjectRow[]> {
  return db
    .selectFrom('projects')
    .selectAll()
    .where('owner_id', '=', ownerId)
    .where('deleted_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
}

const NO_IMAGES: ProjectCounts = { images: 0, toLabel: 0, annotated: 0, guessed: 0, problems: 0 }

export async function countImages(db: Db, projectIds: ProjectId[]): Promise<Map<ProjectId, ProjectCounts>> {
  if (projectIds.length === 0) return new Map()
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
    .groupBy('project_id')
    .execute()
  const counts = new Map(rows.map(({ project_id, ...count }) => [project_id, count]))
  return new Map(projectIds.map((id) => [id, counts.get(id) ?? NO_IMAGES]))
}

/** Class indices that labels of the project use, the bin included: those come back with a restore. */
export async function findUsedClasses(db: Db, projectId: ProjectId): Promise<number[]> {
  const rows = await db
    .selectFrom('images')
    .select('label_value')
    .distinct()
    .where('project_id', '=', projectId)
    .where('label_value', 'is not', null)
    .where('annotated_at', 'is not', null)
    .execute()
  return rows.flatMap((row) => (row.label_value === null ? [] : [row.label_value]))
}
