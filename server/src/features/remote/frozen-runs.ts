import { basename } from 'node:path'
import { AppError, type ImageId, type WorkerItem } from '@vesalius/contracts'
import { readAddress, type TrainingItem } from '@vesalius/engine/runner'
import type { Context } from '../../context.ts'
import type { RunRow } from '../../db/tables.ts'
import { type FrozenRun, frozenKeyOf } from '../training/run-folder.ts'

/** What trainings under way learn from, read once for the many calls of their workers. */
export interface FrozenRuns {
  /** Null: the run has no data yet, or has ended. */
  read(run: Pick<RunRow, 'id' | 'project_id'>): Promise<FrozenRun | null>
}

const MOST_KEPT = 4

export function openFrozenRuns({ storage }: Pick<Context, 'storage'>): FrozenRuns {
  const kept = new Map<string, FrozenRun>()
  return {
    async read(run) {
      const known = kept.get(run.id)
      if (known) return known
      const key = frozenKeyOf(run)
      if ((await storage.size(key)) === null) return null
      const frozen = JSON.parse((await storage.read(key)).toString('utf8')) as FrozenRun
      kept.set(run.id, frozen)
      const [oldest] = kept.keys()
      if (kept.size > MOST_KEPT && oldest) kept.delete(oldest)
      return frozen
    },
  }
}

/** Some items as a worker takes them: no path of this machine, no name of a file. */
export async function describeItems(
  { db, storage }: Pick<Context, 'db' | 'storage'>,
  run: Pick<RunRow, 'id' | 'project_id'>,
  frozen: FrozenRun,
  { from, limit }: { from: number; limit: number },
): Promise<WorkerItem[]> {
  const items = frozen.request.items.slice(from, from + limit)
  const ids = [...new Set(items.map(({ imageId }) => imageId as ImageId))]
  const rows =
    ids.length > 0 ? await db.selectFrom('images').select(['id', 'type']).where('id', 'in', ids).execute() : []
  const types = new Map(rows.map(({ id, type }) => [id as string, type]))
  const hashes = new Map(frozen.learned.map(({ imageId, contentHash }) => [imageId as string, contentHash]))
  return Promise.all(
    items.map(async (item, index) => ({
      position: from + index,
      imageId: item.imageId as ImageId,
      contentHash: hashes.get(item.imageId) ?? '',
      type: types.get(item.imageId) ?? '',
      frame: readAddress(item.file).frame,
      group: item.group,
      value: 'value' in item ? item.value : null,
      label: 'labelFile' in item ? await readLabel(storage, run, item) : null,
    })),
  )
}

async function readLabel(
  storage: Context['storage'],
  run: Pick<RunRow, 'id' | 'project_id'>,
  { labelFile }: Extract<TrainingItem, { labelFile: string }>,
): Promise<unknown> {
  const key = frozenKeyOf(run).replace(/[^/]+$/, `labels/${basename(labelFile)}`)
  return JSON.parse((await storage.read(key)).toString('utf8'))
}

/** The image of an item. Throws NOT_FOUND, also where it was purged since. */
export async function findItemImage({ db }: Pick<Context, 'db'>, frozen: FrozenRun, position: number) {
  const item = frozen.request.items[position]
  const image = item
    ? await db
        .selectFrom('images')
        .select(['uri', 'type'])
        .where('id', '=', item.imageId as ImageId)
        .executeTakeFirst()
    : undefined
  if (!image) throw new AppError('NOT_FOUND', 'There is no such image, or it is gone.')
  return image
}
