import type { Context } from '../../context.ts'
import { sweepOrphans } from '../ingest/sweep-orphans.ts'
import { sweepExchange } from '../interchange/sweep-exchange.ts'
import { repairAllLabelFiles, repairLabelFiles } from '../labels/repair-label-files.ts'
import { examine } from './examine.ts'

type Parts = Pick<Context, 'db' | 'database' | 'storage'>

export interface Mended {
  settledNotes: number
  labelFilesWritten: number
  /** Files nobody knows of, moved to `lost/` and not deleted: the database may be what is wrong. */
  filesMovedToLost: string[]
  /** Files of exports and imports of annotations nobody knows of, and exports whose file is gone: forgotten. */
  exchangeForgotten: number
}

/** Settles what a kill left, writes label files anew from their rows, and moves files without a row out of the way. */
export async function mend(parts: Parts): Promise<Mended> {
  const settledNotes = (await sweepOrphans(parts, Date.now())) + (await repairLabelFiles(parts))
  const labelFilesWritten = await repairAllLabelFiles(parts)
  const { findings } = await examine(parts)
  for (const key of findings.filesWithoutRow) {
    await parts.storage.adopt(`lost/${key}`, await parts.storage.localFile(key))
    await parts.storage.remove(key)
  }
  const exchangeForgotten = await sweepExchange(parts, Date.now())
  return { settledNotes, labelFilesWritten, filesMovedToLost: findings.filesWithoutRow, exchangeForgotten }
}
