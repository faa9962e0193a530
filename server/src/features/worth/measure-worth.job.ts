import type { ModelVersionId, ProjectId, Worth } from '@vesalius/contracts'
import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import type { Db } from '../../db/database.ts'
import { json } from '../../db/json.ts'
import type { JobHandler } from '../../jobs/jobs.ts'
import { gatherEdits } from './gather-edits.ts'
import { measureDrift } from './measure-drift.ts'
import { type Answered, LEAST_TIMED, sumUp } from './sum-up.ts'

type Parts = Pick<Context, 'db' | 'storage' | 'pictures'>

/** The newest answers count; older ones of a very large project do not. */
const MOST_ANSWERS = 50_000

/** Measures what first guesses were worth, and keeps it for the page that shows it. */
export function measureWorthHandler(parts: Parts): JobHandler<'measure-worth'> {
  return async ({ payload: { projectId }, signal, isLastTry }) => {
    const { db } = parts
    const project = await db.selectFrom('projects').selectAll().where('id', '=', projectId).executeTakeFirst()
    if (!project || project.deleted_at) return
    try {
      const left = await gatherEdits(db, projectId, signal)
      const worth: Worth = {
        measuredAt: new Date().toISOString(),
        byHand: await readByHand(db, projectId),
        models: await readModels(db, projectId),
        drift: await measureDrift(parts, project, signal),
        left,
      }
      await db
        .updateTable('project_worth')
        .set({ worth: json(worth), annotation_changes: project.annotation_changes, asked_at: null })
        .where('project_id', '=', projectId)
        .execute()
    } catch (error) {
      if (isLastTry) {
        await db.updateTable('project_worth').set({ asked_at: null }).where('project_id', '=', projectId).execute()
      }
      throw error
    }
  }
}

async function readByHand(db: Db, projectId: ProjectId): Promise<Worth['byHand']> {
  const { rows } = await sql<{ images: number; seconds: number | null }>`
    SELECT count(seconds) AS images, percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) AS seconds
    FROM label_revisions JOIN images ON images.id = image_id
    WHERE images.project_id = ${projectId} AND revision = 1 AND author->>'kind' = 'person'`.execute(db)
  const { images = 0, seconds = null } = rows[0] ?? {}
  return { images, seconds: images >= LEAST_TIMED ? seconds : null }
}

async function readModels(db: Db, projectId: ProjectId): Promise<Worth['models']> {
  const versions = await db
    .selectFrom('model_versions')
    .select(['id', 'number'])
    .where('project_id', '=', projectId)
    .orderBy('number', 'desc')
    .limit(1000)
    .execute()
  const rows = await db
    .selectFrom('guess_edits')
    .select(['model_version_id', 'edits', 'scores', 'seconds'])
    .where('project_id', '=', projectId)
    .orderBy('image_id', 'desc')
    .limit(MOST_ANSWERS)
    .execute()
  const answers = new Map<ModelVersionId, Answered[]>()
  for (const { model_version_id: id, ...answer } of rows) {
    const list = answers.get(id)
    if (list) list.push(answer)
    else answers.set(id, [answer])
  }
  return versions.flatMap(({ id, number }) => {
    const list = answers.get(id)
    return list ? [sumUp({ modelVersionId: id, number }, list)] : []
  })
}
