import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import { type Loop, startLoop } from '../../processes/start-loop.ts'
import { forgetDeliveries } from './deliveries.ts'
import { failPrelabel, type RemoteJobRow } from './remote-jobs.ts'
import { findRemoteServer } from './remote-server.ts'

type Parts = Pick<Context, 'db' | 'jobs' | 'storage' | 'events' | 'log'>

const LOOK_EVERY_MS = 2000
const FORGET_EVERY_MS = 3_600_000
const AT_ONCE = 100
/** A job whose worker vanished this often ends: it may be what makes them vanish. */
const MOST_ATTEMPTS = 5

/** Ends questions nobody answers in time, and takes jobs back from workers that say nothing more. */
export function startWatchingJobs(parts: Parts & Pick<Context, 'leases'>): Loop {
  let forgetAt = 0
  const look = async () => {
    await takeBackLeases(parts)
    await expireQuestions(parts)
    if (Date.now() < forgetAt) return
    forgetAt = Date.now() + FORGET_EVERY_MS
    await forgetDeliveries(parts.db)
  }
  return startLoop(parts, {
    name: 'remote-jobs',
    everyMs: LOOK_EVERY_MS,
    failure: 'remote jobs could not be looked at',
    look,
  })
}

/** Jobs whose worker is silent for longer than its lease wait for another one, up to {@link MOST_ATTEMPTS}. */
export async function takeBackLeases({ db }: Pick<Parts, 'db'>): Promise<void> {
  await db
    .updateTable('remote_jobs')
    .set({
      state: 'waiting',
      lease_id: null,
      lease_until: null,
      reason: 'The worker said nothing more.',
      expires_at: sql`CASE WHEN attempts >= ${MOST_ATTEMPTS} THEN now() ELSE expires_at END`,
    })
    .where('state', '=', 'leased')
    .where('lease_until', '<', sql<Date>`now()`)
    .execute()
}

/** Ends what was not answered in time. Answers how many. */
export async function expireQuestions(parts: Omit<Parts, 'log'>): Promise<number> {
  const due = await parts.db
    .selectFrom('remote_jobs')
    .selectAll()
    .where('state', 'in', ['waiting', 'sent'])
    .where('kind', '=', 'prelabel')
    .where('expires_at', '<=', sql<Date>`now()`)
    .orderBy('expires_at')
    .limit(AT_ONCE)
    .execute()
  for (const job of due) await expire(parts, job)
  return due.length
}

async function expire(parts: Omit<Parts, 'log'>, job: RemoteJobRow): Promise<void> {
  if (!job.image_id) return
  const server = await findRemoteServer(parts.db, job.project_id)
  const why = job.attempts === 0 ? 'nobody took the image up in time.' : 'no answer came in time.'
  await failPrelabel(parts, {
    id: job.id,
    imageId: job.image_id,
    reason: job.reason ? `${why} ${job.reason}` : why,
    fallsBack: server?.settings.fallsBack ?? true,
  })
}
