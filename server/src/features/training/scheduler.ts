import { AppError } from '@vesalius/contracts'
import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import { type Loop, startLoop } from '../../processes/start-loop.ts'
import { isTrainingTime, quietUntil } from '../settings/training-times.ts'
import { offerRuns } from './hold-run.ts'
import { startRun } from './start-run.ts'
import { findChangedProjects } from './training.queries.ts'

const LOOK_EVERY_MS = 1000

type Parts = Pick<Context, 'db' | 'jobs' | 'events'>

/**
 * Starts trainings that are due and gives jobs to runs that nobody works on. Its memory is the database: a restart loses
 * nothing, and several schedulers do no harm, because a project has one open run at most.
 */
export function startScheduler(context: Parts & Pick<Context, 'log' | 'leases'>): Loop {
  return startLoop(context, {
    name: 'training-schedule',
    everyMs: LOOK_EVERY_MS,
    failure: 'the training schedule could not be looked at',
    look: async () => {
      await startDueRuns(context)
      await offerRuns(context)
    },
  })
}

/** One look at all projects where enough is new; those whose last training is longest ago come first. */
export async function startDueRuns(context: Parts, now = new Date()): Promise<void> {
  for (const project of await findChangedProjects(context.db)) {
    const { algorithm } = project
    if (quietUntil(algorithm.quietHours, now)) continue
    if (!isTrainingTime(algorithm, project.last_training_at ?? project.created_at, now)) continue
    try {
      await startRun(context, project, { trigger: 'schedule', userId: null })
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      await context.db
        .updateTable('projects')
        .set({ last_training_at: sql`now()` })
        .where('id', '=', project.id)
        .execute()
    }
  }
}
