import { AppError } from '@vesalius/contracts'
import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import { startRun } from './start-run.ts'
import { findDueProjects } from './training.queries.ts'

const LOOK_EVERY_MS = 3000

/** Starts a training where the interval has passed and enough is new. Its memory is the database, so a restart loses nothing. */
export function startScheduler(context: Pick<Context, 'db' | 'jobs' | 'events' | 'log'>): { stop(): Promise<void> } {
  let looking = Promise.resolve()
  const timer = setInterval(() => {
    looking = looking
      .then(() => startDueRuns(context))
      .catch((error) => context.log.error({ err: error }, 'the training schedule could not be looked at'))
  }, LOOK_EVERY_MS)
  return {
    stop: async () => {
      clearInterval(timer)
      await looking
    },
  }
}

export async function startDueRuns(context: Pick<Context, 'db' | 'jobs' | 'events'>): Promise<void> {
  for (const project of await findDueProjects(context.db)) {
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
