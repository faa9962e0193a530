import type { RunId } from '@vesalius/contracts'
import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import type { Db } from '../../db/database.ts'
import type { RunRow } from '../../db/tables.ts'

/** How long a run stays with a process that says nothing more. */
const HELD_SECONDS = 30
/** After this long a training no longer waits for images that wait for their first look. */
const PATIENCE_MINUTES = 10

const isFree = sql<boolean>`state IN ('pending', 'running')
  AND (held_until IS NULL OR held_until < now())
  AND (not_before IS NULL OR not_before <= now())`

/**
 * Takes up the open run that nobody holds whose project had its last turn the longest ago, so that a project with many
 * changes cannot keep others waiting. Pre-labelling goes first: while images wait for their first look no new training
 * starts, up to {@link PATIENCE_MINUTES}. Of several processes only one gets a run.
 */
export async function takeRun(db: Db, holder: string, place: RunRow['place'] = 'here'): Promise<RunRow | undefined> {
  return db.transaction().execute(async (trx) => {
    const next = await trx
      .selectFrom('runs')
      .select('id')
      .where(isFree)
      .where('place', '=', place)
      .where(
        sql<boolean>`(place = 'elsewhere' OR created_at < now() - ${PATIENCE_MINUTES} * interval '1 minute'
          OR NOT EXISTS (SELECT 1 FROM images WHERE state = 'TO_LABEL' AND problem IS NULL))`,
      )
      .orderBy(
        sql`(SELECT max(finished_at) FROM runs AS earlier WHERE earlier.project_id = runs.project_id) NULLS FIRST`,
      )
      .orderBy('created_at')
      .orderBy('id')
      .limit(1)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst()
    if (!next) return undefined
    return trx
      .updateTable('runs')
      .set({ holder, held_until: heldUntil, attempts: sql`attempts + 1`, not_before: null })
      .where('id', '=', next.id)
      .returningAll()
      .executeTakeFirst()
  })
}

/** Says that the run is still worked on. Undefined when another process has it, or it has ended. */
export async function keepRun(db: Db, runId: RunId, holder: string): Promise<RunRow | undefined> {
  return db
    .updateTable('runs')
    .set({ held_until: heldUntil })
    .where('id', '=', runId)
    .where('holder', '=', holder)
    .where('state', 'in', ['pending', 'running'])
    .returningAll()
    .executeTakeFirst()
}

/** Lets others take the run up, now or from `notBefore` on. */
export async function releaseRun(db: Db, runId: RunId, holder: string, notBefore: Date | null = null): Promise<void> {
  await db
    .updateTable('runs')
    .set({ holder: null, held_until: null, not_before: notBefore })
    .where('id', '=', runId)
    .where('holder', '=', holder)
    .execute()
}

/** Of an embedded database this process is the only one, so whoever held a run at the start is gone. */
export async function releaseAll({ db, database }: Pick<Context, 'db' | 'database'>): Promise<void> {
  if (database.kind !== 'embedded') return
  await db.updateTable('runs').set({ holder: null, held_until: null }).where('holder', 'is not', null).execute()
}

/** Gives a job to every run that could be taken up; one that waits under the same key already makes this a no-op. */
export async function offerRuns({ db, jobs }: Pick<Context, 'db' | 'jobs'>): Promise<void> {
  const open = await db
    .selectFrom('runs')
    .select(['id', 'project_id', 'place'])
    .where(isFree)
    .orderBy('created_at')
    .execute()
  for (const run of open) {
    await db
      .transaction()
      .execute((trx) =>
        jobs.enqueue(trx, jobOf(run.place), { runId: run.id, projectId: run.project_id }, { key: run.id }),
      )
  }
}

export const jobOf = (place: RunRow['place']) => (place === 'here' ? 'train-model' : 'train-elsewhere')

const heldUntil = sql<Date>`now() + ${HELD_SECONDS} * interval '1 second'`
