import { mkdir, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Context } from '../../context.ts'
import { sweepOrphans } from '../ingest/sweep-orphans.ts'
import { sweepExchange } from '../interchange/sweep-exchange.ts'
import { repairAllLabelFiles, repairLabelFiles } from '../labels/repair-label-files.ts'
import { examine } from './examine.ts'

type Parts = Pick<Context, 'db' | 'database' | 'storage' | 'config'>

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
  const { dataDirectory } = parts.config
  for (const key of findings.filesWithoutRow) {
    const target = join(dataDirectory, 'lost', key)
    await mkdir(dirname(target), { recursive: true })
    await rename(join(dataDirectory, key), target)
  }
  const exchangeForgotten = await sweepExchange(parts, Date.now())
  return { settledNotes, labelFilesWritten, filesMovedToLost: findings.filesWithoutRow, exchangeForgotten }
}
