import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { writeZip } from '@vesalius/formats'
import type { Context } from '../../context.ts'
import type { JobHandler } from '../../jobs/jobs.ts'
import { listOwnFiles } from './list-own-files.ts'
import { archiveKey } from './own-archives.ts'

/** Gathers all that is somebody's in one zip, a file at a time. */
export function gatherOwnDataHandler(parts: Pick<Context, 'db' | 'storage' | 'log'>): JobHandler<'gather-own-data'> {
  const { db, storage, log } = parts
  return async ({ payload: { archiveId }, signal, isLastTry }) => {
    const row = await db.selectFrom('own_archives').selectAll().where('id', '=', archiveId).executeTakeFirst()
    if (row?.state !== 'pending') return
    const scratch = join(storage.scratchDirectory, randomUUID())
    try {
      const zip = writeZip(listOwnFiles(parts, row.user_id))
      await pipeline(Readable.from(zip), createWriteStream(scratch), { signal })
      const key = archiveKey(archiveId)
      await storage.adopt(key, scratch)
      const kept = await db
        .updateTable('own_archives')
        .set({ state: 'ready', byte_size: await storage.size(key) })
        .where('id', '=', archiveId)
        .returning('id')
        .executeTakeFirst()
      // The account went meanwhile.
      if (!kept) await storage.remove(key)
    } catch (error) {
      await rm(scratch, { force: true })
      if (!isLastTry || signal.aborted) throw error
      log.error({ err: error }, 'an archive of own data could not be made')
      await db.updateTable('own_archives').set({ state: 'failed' }).where('id', '=', archiveId).execute()
    }
  }
}
