import type { ReviewSettings } from '@vesalius/contracts'
import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import type { ProjectRow } from '../../db/tables.ts'

export function readReviewSettings(project: ProjectRow): ReviewSettings {
  return { mode: project.review_mode, showsGoldScore: project.shows_gold_score }
}

/** What trains changes with `required`, so the schedule looks again. */
export async function writeReviewSettings(
  { db, events }: Pick<Context, 'db' | 'events'>,
  project: ProjectRow,
  { mode, showsGoldScore }: ReviewSettings,
): Promise<ReviewSettings> {
  const changesTraining = (mode === 'required') !== (project.review_mode === 'required')
  const row = await db
    .updateTable('projects')
    .set({
      review_mode: mode,
      shows_gold_score: showsGoldScore,
      annotation_changes: sql`annotation_changes + ${Number(changesTraining)}::integer`,
      updated_at: sql`now()`,
    })
    .where('id', '=', project.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  events.publish(project.id, { kind: 'project', projectId: project.id })
  return readReviewSettings(row)
}
