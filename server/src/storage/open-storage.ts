import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { PreviewCache } from '../features/images/preview-cache.ts'
import type { ProcessRegistry } from '../processes/process-registry.ts'
import type { SideDatabase } from '../processes/side-database.ts'
import { openFolderStore } from './folder.ts'
import { openFolderNotes } from './folder-notes.ts'
import { openMovingStore } from './moving-store.ts'
import type { ObjectStore, Storage } from './storage.ts'
import type { StorageSettings } from './storage-settings.ts'
import { openTableNotes } from './table-notes.ts'

/** The storage of one of several processes, or with `side` null of the only one. */
export async function openStorage({
  dataDirectory,
  settings,
  side,
  processes,
  keepsScratch = false,
}: {
  dataDirectory: string
  settings: StorageSettings
  side: SideDatabase | null
  processes: ProcessRegistry
  /** Others may be at work in the folder whom nothing tells of. */
  keepsScratch?: boolean
}): Promise<Storage> {
  const scratchDirectory = await openScratch(dataDirectory, side || keepsScratch ? processes : null, keepsScratch)
  const notes = side ? openTableNotes(side, processes) : await openFolderNotes(join(dataDirectory, 'notes'))
  return { ...(await openStore(dataDirectory, settings, scratchDirectory)), scratchDirectory, notes }
}

async function openStore(
  dataDirectory: string,
  settings: StorageSettings,
  scratchDirectory: string,
): Promise<ObjectStore> {
  const folder = openFolderStore(dataDirectory, { scratchDirectory })
  if (!settings.bucket) return folder
  // The client of buckets is large, and of no use where files are in a folder.
  const { openBucketStore } = await import('./bucket-store.ts')
  const bucket = openBucketStore(settings.bucket, {
    cache: new PreviewCache(join(dataDirectory, 'cache', 'objects'), settings.cacheBytes),
    workDirectory: join(dataDirectory, 'work'),
  })
  return settings.isMoving ? openMovingStore(bucket, folder) : bucket
}

/** Each process on a shared folder has a scratch folder of its own; those of processes that are gone are removed. */
async function openScratch(
  dataDirectory: string,
  processes: ProcessRegistry | null,
  keepsScratch: boolean,
): Promise<string> {
  const root = join(dataDirectory, 'scratch')
  const own = processes ? join(root, processes.id) : root
  const alive = (await processes?.alive()) ?? new Set()
  for (const entry of keepsScratch ? [] : await readdir(root, { withFileTypes: true }).catch(() => [])) {
    if (processes ? entry.isDirectory() && !alive.has(entry.name) : true) {
      await rm(join(root, entry.name), { recursive: true, force: true })
    }
  }
  await mkdir(own, { recursive: true })
  return own
}
