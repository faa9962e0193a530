import { AppError, ErrorCode, type Problem, type RunProgress, type RunState } from '@vesalius/contracts'
import { type TrainingOutcome, type TrainingUpdate, trainInChild } from '@vesalius/engine/runner'
import type { Updateable } from 'kysely'
import type { Context } from '../../context.ts'
import { json } from '../../db/json.ts'
import type { ProjectRow, RunRow, RunsTable } from '../../db/tables.ts'
import type { JobHandler } from '../../jobs/jobs.ts'
import { findModel } from '../predictions/predictions.queries.ts'
import { presentRun } from './present.ts'
import { freezeRun, removeRunFolder } from './run-folder.ts'
import { saveModel } from './save-model.ts'
import { WAITING } from './start-run.ts'
import { findRun } from './training.queries.ts'

type Parts = Pick<Context, 'db' | 'jobs' | 'storage' | 'events' | 'pictures' | 'log' | 'version'>

const WATCH_MS = 700

/** Trains in a child process. Ends the run as succeeded, failed or cancelled; a stop of this process only pauses it. */
export function trainModelHandler(context: Parts): JobHandler<'train-model'> {
  return async ({ payload, signal, isLastTry }) => {
    const run = await findRun(context.db, payload.runId)
    if (!run || !isOpen(run.state)) return
    if (run.cancel_requested) return endRun(context, run, 'cancelled', null)
    try {
      await train(context, run, signal)
    } catch (error) {
      if (signal.aborted) throw error
      if (error instanceof CancelledError) return endRun(context, run, 'cancelled', null)
      const problem = problemOf(error)
      context.log.warn({ runId: run.id, code: problem.code, err: error }, 'training ended without a model')
      if (problem.code === 'INTERRUPTED' && !isLastTry) throw error
      return endRun(context, run, 'failed', problem)
    }
  }
}

class CancelledError extends Error {
  override name = 'CancelledError'
}

async function train(context: Parts, run: RunRow, signal: AbortSignal): Promise<void> {
  const { db } = context
  const project = await db.selectFrom('projects').selectAll().where('id', '=', run.project_id).executeTakeFirstOrThrow()
  const frozen = await freezeRun(context, project, run, await findParent(context, project))
  await updateRun(context, run, {
    state: 'running',
    started_at: run.started_at ?? new Date(),
    image_count: frozen.request.items.length,
    data_set_hash: frozen.dataSetHash,
  })
  const watch = watchRun(context, run, signal)
  let outcome: TrainingOutcome
  try {
    outcome = await trainInChild(frozen.request, { signal: watch.signal, onUpdate: watch.note })
  } catch (error) {
    throw watch.cancelled() ? new CancelledError() : error
  } finally {
    await watch.end()
  }
  await saveModel(context, { run, project, frozen, outcome })
  await publishRun(context, run)
  await removeRunFolder(context, run)
}

/** Writes progress at most every {@link WATCH_MS} and looks for a wish to cancel, from whichever process it came. */
function watchRun(context: Parts, run: RunRow, outer: AbortSignal) {
  const cancel = new AbortController()
  const curve = [...run.curve]
  let progress: RunProgress | null = null
  let writing = Promise.resolve()

  const write = async () => {
    const latest = progress
    progress = null
    if (latest) await updateRun(context, run, { progress: json(latest), curve: json(curve) })
    const row = await findRun(context.db, run.id)
    if (row?.cancel_requested) cancel.abort()
  }
  const timer = setInterval(() => {
    writing = writing.then(write).catch((error) => context.log.warn({ err: error }, 'progress was not written'))
  }, WATCH_MS)

  return {
    signal: AbortSignal.any([outer, cancel.signal]),
    cancelled: () => cancel.signal.aborted,
    note: (update: TrainingUpdate) => {
      if (update.kind === 'progress') progress = update.progress
      else {
        while ((curve.at(-1)?.epoch ?? -1) >= update.point.epoch) curve.pop()
        curve.push(update.point)
      }
    },
    end: async () => {
      clearInterval(timer)
      await writing
      if (curve.length > run.curve.length) await updateRun(context, run, { curve: json(curve) })
    },
  }
}

/** The model to go on from: the serving one, or the one the settings name while none serves. */
async function findParent({ db, storage }: Parts, project: ProjectRow): Promise<string | null> {
  const { serving_model_id: servingId, algorithm } = project
  const serving = servingId ? await findModel(db, servingId) : undefined
  const uri = serving?.uri ?? algorithm.modelUri
  return uri ? storage.localFile(uri) : null
}

async function updateRun(context: Parts, run: RunRow, change: Updateable<RunsTable>): Promise<void> {
  await context.db
    .updateTable('runs')
    .set(change)
    .where('id', '=', run.id)
    .where('state', 'in', ['pending', 'running'])
    .execute()
  await publishRun(context, run)
}

async function publishRun(context: Parts, run: RunRow): Promise<void> {
  const row = await findRun(context.db, run.id)
  if (row) context.events.publish(run.project_id, { kind: 'run', run: presentRun(row) })
}

export async function endRun(context: Parts, run: RunRow, state: RunState, problem: Problem | null): Promise<void> {
  await updateRun(context, run, {
    state,
    error: problem ? json(problem) : null,
    progress: json({ ...(run.progress ?? WAITING), phase: 'done' as const, secondsLeft: null }),
    finished_at: new Date(),
  })
  await removeRunFolder(context, run)
}

function isOpen(state: RunState): boolean {
  return state === 'pending' || state === 'running'
}

function problemOf(error: unknown): Problem {
  if (error instanceof AppError) return { code: error.code, message: error.message }
  const code = ErrorCode.safeParse((error as { code?: unknown }).code)
  const message = error instanceof Error ? error.message : 'The training process ended.'
  return code.success ? { code: code.data, message } : { code: 'INTERRUPTED', message }
}
