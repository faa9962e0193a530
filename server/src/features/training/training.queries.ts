import { type ImageId, isClassification, type ProjectId, type RunId, type UserId } from '@vesalius/contracts'
import { sql, type Transaction } from 'kysely'
import type { Db } from '../../db/database.ts'
import type { ModelVersionRow, ProjectRow, RunRow, Tables } from '../../db/tables.ts'
import { type Classed, placeNow, placesNow } from '../classes/class-schemes.ts'

export interface AnnotatedImage {
  id: ImageId
  uri: string
  type: string
  width: number
  contentHash: string
  /** Class index of a classification; null for other tasks. */
  value: number | null
  /** Boxes or masks of other tasks. */
  marks: number | null
  revision: number
  group: string
  /** Class indices that the label uses. */
  classes: number[]
  annotatedBy: UserId | null
}

/** More than a training's time and this process's memory are good for. */
const MOST_LEARNED = 50_000

/**
 * What people submitted: the annotated images with an answer, the newest 50,000 of them, in an order that does not depend
 * on time. Where review is required, only what a reviewer accepted.
 */
export async function findAnnotatedImages(
  db: Db,
  project: Pick<ProjectRow, 'id' | 'review_mode'> & Classed,
): Promise<AnnotatedImage[]> {
  let query = db
    .selectFrom('images')
    .select(['id', 'uri', 'type', 'width', 'content_hash', 'label_value', 'label_marks', 'label_revision'])
    .select(['group_key', 'label_classes', 'annotated_by', 'class_scheme'])
    .where('project_id', '=', project.id)
    .where('annotated_at', 'is not', null)
    .where('state', '<>', 'DELETED')
    .orderBy('annotated_at', 'desc')
    .orderBy('id')
    .limit(MOST_LEARNED)
  if (project.review_mode === 'required') query = query.where('review', '=', 'accepted')
  if (isClassification(project.task_type)) query = query.where('label_value', 'is not', null)
  const rows = await query.execute()
  const images = rows
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map((row) => ({
      id: row.id,
      uri: row.uri,
      type: row.type,
      width: row.width,
      contentHash: row.content_hash,
      value: placeNow(project, row.class_scheme, row.label_value),
      marks: row.label_marks,
      revision: row.label_revision,
      group: row.group_key ?? row.content_hash,
      classes: placesNow(project, row.class_scheme, row.label_classes),
      annotatedBy: row.annotated_by,
    }))
  return isClassification(project.task_type) ? images.filter(({ value }) => value !== null) : images
}

export async function findRun(db: Db, runId: RunId): Promise<RunRow | undefined> {
  return db.selectFrom('runs').selectAll().where('id', '=', runId).executeTakeFirst()
}

/** The number of the next model. Holds the project's row until the transaction ends, so that no other takes the same. */
export async function nextModelNumber(trx: Transaction<Tables>, projectId: ProjectId): Promise<number> {
  await trx.selectFrom('projects').select('id').where('id', '=', projectId).forUpdate().execute()
  const newest = await trx
    .selectFrom('model_versions')
    .select('number')
    .where('project_id', '=', projectId)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  return (newest?.number ?? 0) + 1
}

export async function findModelByUri(db: Db, projectId: ProjectId, uri: string): Promise<ModelVersionRow | undefined> {
  return db
    .selectFrom('model_versions')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('uri', '=', uri)
    .executeTakeFirst()
}

/** Projects with enough new annotations, a schedule and no open run. One index scan over changed projects. */
export async function findChangedProjects(db: Db): Promise<ProjectRow[]> {
  return db
    .selectFrom('projects')
    .selectAll()
    .where('deleted_at', 'is', null)
    .whereRef('annotation_changes', '>', 'trained_changes')
    .where(
      sql<boolean>`annotation_changes - trained_changes >= (algorithm->>'minimumNewAnnotations')::int
        AND (algorithm->>'trainingInterval' IS NOT NULL OR algorithm->>'trainingCron' IS NOT NULL)
        AND (algorithm->>'strategy' = 'local' OR EXISTS (SELECT 1 FROM remote_servers
          WHERE remote_servers.project_id = projects.id AND settings->>'kind' = 'worker'))
        AND NOT EXISTS (SELECT 1 FROM runs WHERE runs.project_id = projects.id AND runs.state IN ('pending', 'running'))`,
    )
    .orderBy(sql`coalesce(last_training_at, created_at)`)
    .limit(1000)
    .execute()
}

/** Whether a model was already made of exactly these data with these settings. */
export async function isKnownTraining(
  db: Db,
  projectId: ProjectId,
  made: { dataSetHash: string; backbone: string; base: string | null; imageSize: number | null; seed: number },
): Promise<boolean> {
  const newest = await db
    .selectFrom('model_versions')
    .select('lineage')
    .where('project_id', '=', projectId)
    .where('run_id', 'is not', null)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  const lineage = newest?.lineage
  return (
    lineage?.dataSetHash === made.dataSetHash &&
    (lineage.base ?? null) === made.base &&
    (made.base !== null || lineage.backbone === made.backbone) &&
    lineage.seed === made.seed &&
    (made.imageSize === null || lineage.imageSize === made.imageSize)
  )
}

/** Says up to which change of annotations the schedule has nothing left to learn from. */
export async function noteTrained(db: Db, projectId: ProjectId, annotationChanges: number): Promise<void> {
  await db
    .updateTable('projects')
    .set({ trained_changes: sql`greatest(trained_changes, ${annotationChanges}::bigint)` })
    .where('id', '=', projectId)
    .execute()
}
