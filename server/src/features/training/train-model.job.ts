import { randomUUID } from 'node:crypto'
import { AppError, ErrorCode, type ImageId, type Problem } from '@vesalius/contracts'
import type { Context } from '../../context.ts'
import { json } from '../../db/json.ts'
import type { ProjectRow, RunRow } from '../../db/tables.ts'
import type { JobHandler } from '../../jobs/jobs.ts'
import { judgeModel } from '../models/gate.ts'
import { findParent } from './find-parent.ts'
import { releaseRun, takeRun } from './hold-run.ts'
import { type FrozenRun, freezeRun, removeRunFolder } from './run-folder.ts'
import { saveModel } from './save-model.ts'
import { WAITING } from './start-run.ts'
import { trainerOf } from './trainer.ts'
import { isKnownTraining, noteTrained } from './training.queries.ts'
import { endRun, publishRun, tellStarter, updateRun } from './update-run.ts'
import { type RunWatch, watchRun } from './watch-run.ts'

type Parts = Pick<
  Context,
  'db' | 'jobs' | 'storage' | 'events' | 'pictures' | 'log' | 'version' | 'trainers' | 'openJudge'
>

/** A run that was cut off more often than this, by kills or restarts, ends as failed. */
const MAXIMUM_ATTEMPTS = 20

/** The same data would end the same way: the schedule waits for other ones. */
const LASTING: readonly ErrorCode[] = [
  'TRAINING_FAILED',
  'TRAINING_DIVERGED',
  'NOT_ENOUGH_ANNOTATIONS',
  'MODEL_UNUSABLE',
]

/**
 * Works on the run whose turn it is: the job only says that there is one. Ends it as succeeded, failed or cancelled; a
 * stop of this process or quiet hours only pause it.
 */
export function trainModelHandler(
  context: Parts,
  place: RunRow['place'] = 'here',
): JobHandler<'train-model' | 'train-elsewhere'> {
  const holder = randomUUID()
  return async ({ signal }) => {
    const run = await takeRun(context.db, holder, place)
    if (run) await work(context, run, { holder, signal })
  }
}

async function work(
  context: Parts,
  run: RunRow,
  { holder, signal }: { holder: string; signal: AbortSignal },
): Promise<void> {
  if (run.cancel_requested) return endRun(context, run, 'cancelled', null)
  if (run.attempts > MAXIMUM_ATTEMPTS) {
    const message = `The training was cut off ${MAXIMUM_ATTEMPTS} times. Start it again.`
    return endRun(context, run, 'failed', { code: 'INTERRUPTED', message })
  }
  const { db } = context
  const project = await db.selectFrom('projects').selectAll().where('id', '=', run.project_id).executeTakeFirstOrThrow()
  const watch = watchRun(context, run, { holder, project, outer: signal })
  let frozen: FrozenRun | null = null
  try {
    frozen = await freezeRun(context, project, run, await findParent(context, project))
    await train(context, { run, project, frozen, watch, holder })
  } catch (error) {
    const stop = watch.stopped()
    if (stop?.kind === 'lost') return
    if (stop?.kind === 'cancelled') return endRun(context, run, 'cancelled', null)
    if (stop?.kind === 'paused') return pauseRun(context, run, holder, stop.until)
    if (signal.aborted) return releaseRun(db, run.id, holder)
    const problem = problemOf(error)
    context.log.warn({ runId: run.id, code: problem.code, err: error }, 'training ended without a model')
    if (frozen && LASTING.includes(problem.code)) await noteTrained(db, project.id, frozen.annotationChanges)
    await endRun(context, run, problem.code === 'NOTHING_CHANGED' ? 'cancelled' : 'failed', problem)
  } finally {
    await watch.end()
  }
}

async function train(
  context: Parts,
  job: { run: RunRow; project: ProjectRow; frozen: FrozenRun; watch: RunWatch; holder: string },
): Promise<void> {
  const { run, project, frozen, watch } = job
  const { request, dataSetHash } = frozen
  if (
    run.trigger === 'schedule' &&
    (await isKnownTraining(context.db, project.id, { ...request, dataSetHash, base: frozen.start?.base ?? null }))
  ) {
    await noteTrained(context.db, project.id, frozen.annotationChanges)
    throw new AppError('NOTHING_CHANGED', 'The annotations are what the newest model was made of.')
  }
  await updateRun(context, run, {
    state: 'running',
    started_at: run.started_at ?? new Date(),
    image_count: request.items.length,
    data_set_hash: dataSetHash,
  })
  const trainer = trainerOf(context.trainers, run)
  const outcome = await trainer.train(request, { signal: watch.signal, onUpdate: watch.note, runId: run.id })
  const learned = frozen.learned.map(({ imageId }) => imageId as ImageId)
  const verdict = await judgeModel(context, project.id, {
    ...{ outcome, learned, given: request.items.length, classScheme: frozen.classScheme ?? 0 },
    signal: watch.signal,
  })
  await saveModel(context, { ...job, outcome, verdict })
  await publishRun(context, run)
  await tellStarter(context, run, 'succeeded')
  await removeRunFolder(context, run)
}

/** The run waits for the end of quiet hours and goes on from its checkpoint then. */
async function pauseRun(context: Parts, run: RunRow, holder: string, until: Date): Promise<void> {
  await updateRun(context, run, { state: 'pending', progress: json(WAITING) })
  await releaseRun(context.db, run.id, holder, until)
  await publishRun(context, run)
}

function problemOf(error: unknown): Problem {
  if (error instanceof AppError) return { code: error.code, message: error.message }
  const code = ErrorCode.safeParse((error as { code?: unknown }).code)
  const message = error instanceof Error ? error.message : 'The training process ended.'
  return code.success ? { code: code.data, message } : { code: 'TRAINING_FAILED', message }
}
