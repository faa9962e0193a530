import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import { type Loop, startLoop } from '../../processes/start-loop.ts'
import { purgeArticle } from '../articles/move-article.ts'
import { sweepExchange } from '../interchange/sweep-exchange.ts'
import { type PurgeParts, purgeImage } from './purge-image.ts'
import { type PurgeProjectParts, purgeProject } from './purge-project.ts'

const LOOK_EVERY_MS = 10 * 60_000
const PAGE = 100

/**
 * Removes for good what has been in the bin for longer than the settings say, from the start on and every ten minutes; with it
 * files of exports and imports whose rows are gone.
 */
export function startEmptyingBin(context: PurgeParts & Pick<Context, 'config' | 'log' | 'leases'>): Loop {
  let isStopped = false
  const loop = startLoop(context, {
    name: 'bin',
    everyMs: LOOK_EVERY_MS,
    isEager: true,
    failure: 'the bin could not be emptied',
    look: async () => {
      await emptyBin(context, { days: context.config.binDays, isStopped: () => isStopped })
      await sweepExchange(context)
    },
  })
  return {
    stop: async () => {
      isStopped = true
      await loop.stop()
    },
  }
}

/** Answers how many images, projects and articles went; `days` 0 keeps all. */
export async function emptyBin(
  parts: PurgeProjectParts,
  { days, isStopped = () => false }: { days: number; isStopped?: () => boolean },
): Promise<number> {
  let purged = 0
  const isOld = sql<boolean>`deleted_at < now() - ${days}::float8 * interval '1 day'`
  while (days > 0 && !isStopped()) {
    const images = await parts.db
      .selectFrom('images')
      .select('id')
      .where('state', '=', 'DELETED')
      .where(isOld)
      .limit(PAGE)
      .execute()
    for (const { id } of images) await purgeImage(parts, id)
    const projects = await parts.db.selectFrom('projects').select('id').where(isOld).limit(1).execute()
    for (const { id } of projects) await purgeProject(parts, id)
    const articles = await parts.db.selectFrom('articles').select('id').where(isOld).limit(PAGE).execute()
    for (const { id } of articles) await purgeArticle(parts.db, id)
    const found = images.length + projects.length + articles.length
    purged += found
    if (found === 0) break
  }
  return purged
}
