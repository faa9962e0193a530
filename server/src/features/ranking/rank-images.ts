import type { ImageId, ProjectId } from '@vesalius/contracts'
import { type Candidate, rankImages } from '@vesalius/engine'
import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import type { Db } from '../../db/database.ts'
import type { ImageRow, ProjectRow } from '../../db/tables.ts'
import type { JobHandler } from '../../jobs/jobs.ts'
import { findDisagreements } from './disagreements.ts'
import { readFeatures } from './features.ts'

type Parts = Pick<Context, 'db' | 'storage' | 'pictures' | 'events'>

const STALE_SECONDS = 20
/** Images that are put in order, and that new ones are compared with. */
const MOST_OPEN = 20_000
const MOST_KNOWN = 2000
/** Pictures looked at in one go; the rest follows with the next ranking. */
const MOST_DESCRIBED = 2000
const ROWS_AT_ONCE = 1000

/** Asks for a new order of what is open, unless the last one is fresh. The order there is stays until then. */
export async function askRanking({ db, jobs }: Pick<Context, 'db' | 'jobs'>, projectId: ProjectId): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const stale = await trx
      .selectFrom('projects')
      .select('id')
      .where('id', '=', projectId)
      .where(sql<boolean>`(ranked_at IS NULL OR ranked_at < now() - ${STALE_SECONDS} * interval '1 second')`)
      .executeTakeFirst()
    if (stale) await jobs.enqueue(trx, 'rank-images', { projectId }, { key: projectId })
  })
}

/** Puts the images nobody annotated in the order in which they are worth annotating. */
export function rankImagesHandler(parts: Parts): JobHandler<'rank-images'> {
  return async ({ payload: { projectId }, signal }) => {
    const { db, events } = parts
    const project = await db.selectFrom('projects').selectAll().where('id', '=', projectId).executeTakeFirst()
    if (!project || project.deleted_at) return
    const open = await findOpen(db, project)
    const state = describeState(project, open)
    if (project.ranked_for !== state) {
      const candidates = await readCandidates(parts, project, open, signal)
      const known = await readKnown(parts, project, signal)
      const order = rankImages(project.algorithm.queueOrder, candidates, { known, seed: project.algorithm.seed })
      await writeOrder(
        db,
        project,
        order.map((place) => open[place]?.id).filter((id) => id !== undefined),
      )
      events.publish(projectId, { kind: 'project', projectId })
    }
    await db
      .updateTable('projects')
      .set({ ranked_at: sql`now()`, ranked_for: state })
      .where('id', '=', projectId)
      .execute()
  }
}

type Open = Pick<ImageRow, 'id' | 'uri' | 'type' | 'uncertainty' | 'guess_model_id'>

async function findOpen(db: Db, project: ProjectRow): Promise<Open[]> {
  return db
    .selectFrom('images')
    .select(['id', 'uri', 'type', 'uncertainty', 'guess_model_id'])
    .where('project_id', '=', project.id)
    .where('annotated_at', 'is', null)
    .where(sql<boolean>`state <> 'DELETED'`)
    .orderBy('id')
    .limit(MOST_OPEN)
    .execute()
}

/** The same text means the same order. */
function describeState({ algorithm, serving_model_id, annotation_changes }: ProjectRow, open: readonly Open[]): string {
  const guessed = open.filter((image) => image.guess_model_id === serving_model_id).length
  return [algorithm.queueOrder, serving_model_id, annotation_changes, open.length, guessed, open.at(-1)?.id].join(' ')
}

async function readCandidates(
  parts: Parts,
  project: ProjectRow,
  open: readonly Open[],
  signal: AbortSignal,
): Promise<Candidate[]> {
  const { queueOrder } = project.algorithm
  const looks = queueOrder === 'diversity' || queueOrder === 'mixed'
  const features = looks ? await readFeatures(parts, open, { most: MOST_DESCRIBED, signal }) : new Map()
  const disagreements =
    queueOrder === 'disagreement'
      ? await findDisagreements(
          parts.db,
          project,
          open.map(({ id }) => id),
        )
      : new Map<ImageId, number>()
  return open.map((image) => ({
    uncertainty: image.uncertainty < 0 ? null : image.uncertainty,
    disagreement: disagreements.get(image.id) ?? null,
    features: features.get(image.id) ?? null,
  }))
}

/** What annotated images look like, the newest of them. */
async function readKnown(parts: Parts, project: ProjectRow, signal: AbortSignal): Promise<Float32Array[]> {
  if (project.algorithm.queueOrder !== 'diversity') return []
  const images = await parts.db
    .selectFrom('images')
    .select(['id', 'uri', 'type'])
    .where('project_id', '=', project.id)
    .where('annotated_at', 'is not', null)
    .where('state', '<>', 'DELETED')
    .orderBy('id', 'desc')
    .limit(MOST_KNOWN)
    .execute()
  return [...(await readFeatures(parts, images, { most: MOST_DESCRIBED, signal })).values()]
}

/** From 1 for the first to just above 0; what is annotated comes after everything. */
async function writeOrder(db: Db, project: ProjectRow, ids: readonly ImageId[]): Promise<void> {
  await db
    .updateTable('images')
    .set({ queue_rank: -1 })
    .where('project_id', '=', project.id)
    .where('annotated_at', 'is not', null)
    .where('queue_rank', '<>', -1)
    .execute()
  for (let at = 0; at < ids.length; at += ROWS_AT_ONCE) {
    const rows = ids.slice(at, at + ROWS_AT_ONCE).map((id, index) => ({ id, rank: 1 - (at + index) / ids.length }))
    await sql`
      UPDATE images SET queue_rank = ranked.rank
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS ranked (id text, rank double precision)
      WHERE images.id = ranked.id AND images.annotated_at IS NULL AND images.queue_rank <> ranked.rank`.execute(db)
  }
}
