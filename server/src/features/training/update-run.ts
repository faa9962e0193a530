import type { Problem, RunState } from '@vesalius/contracts'
import type { Updateable } from 'kysely'
import type { Context } from '../../context.ts'
import { json } from '../../db/json.ts'
import type { RunsTable } from '../../db/tables/models.ts'
import type { RunRow } from '../../db/tables.ts'
import { notify } from '../notifications/notify.ts'
import { presentRun } from './present.ts'
import { removeRunFolder } from './run-folder.ts'
import { WAITING } from './start-run.ts'
import { findRun } from './training.queries.ts'

type Parts = Pick<Context, 'db' | 'events'>

/** Changes a run that has not ended; one that has stays as it is. */
export async function updateRun(parts: Parts, run: RunRow, change: Updateable<RunsTable>): Promise<void> {
  await parts.db
    .updateTable('runs')
    .set(change)
    .where('id', '=', run.id)
    .where('state', 'in', ['pending', 'running'])
    .execute()
  await publishRun(parts, run)
}

export async function publishRun({ db, events }: Parts, run: RunRow): Promise<void> {
  const row = await findRun(db, run.id)
  if (row) events.publish(run.project_id, { kind: 'run', run: presentRun(row) })
}

export async function endRun(
  parts: Parts & Pick<Context, 'storage'>,
  run: RunRow,
  state: RunState,
  problem: Problem | null,
): Promise<void> {
  await updateRun(parts, run, {
    state,
    error: problem ? json(problem) : null,
    progress: json({ ...(run.progress ?? WAITING), phase: 'done' as const, secondsLeft: null }),
    finished_at: new Date(),
    holder: null,
    held_until: null,
  })
  if (state === 'failed') await tellStarter(parts, run, 'failed')
  await removeRunFolder(parts, run)
}

/** Of a training that a person asked for, not of those by the schedule. */
export async function tellStarter(parts: Parts, run: RunRow, outcome: 'succeeded' | 'failed'): Promise<void> {
  if (!run.created_by) return
  await notify(parts, [run.created_by], { kind: 'training', project_id: run.project_id, outcome })
}
