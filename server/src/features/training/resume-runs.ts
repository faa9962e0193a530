import type { Context } from '../../context.ts'

/** Gives every open run a job again after a start; a job that still waits under the same key makes this a no-op. */
export async function resumeRuns({ db, jobs }: Pick<Context, 'db' | 'jobs'>): Promise<void> {
  const open = await db
    .selectFrom('runs')
    .select(['id', 'project_id'])
    .where('state', 'in', ['pending', 'running'])
    .execute()
  for (const run of open) {
    await db
      .transaction()
      .execute((trx) => jobs.enqueue(trx, 'train-model', { runId: run.id, projectId: run.project_id }, { key: run.id }))
  }
}
