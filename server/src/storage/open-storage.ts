import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ProcessRegistry } from '../processes/process-registry.ts'
import type { SideDatabase } from '../processes/side-database.ts'
import { openFolderStorage } from './folder.ts'
import { openFolderNotes } from './folder-notes.ts'
import type { Storage } from './storage.ts'
import { openTableNotes } from './table-notes.ts'

/** The storage of one of several processes, or with `side` null of the only one. */
export async function openStorage({
  dataDirectory,
  side,
  processes,
}: {
  dataDirectory: string
  side: SideDatabase | null
  processes: ProcessRegistry
}): Promise<Storage> {
  const scratchDirectory = await openScratch(dataDirectory, side ? processes : null)
  const notes = side ? openTableNotes(side, processes) : await openFolderNotes(join(dataDirectory, 'notes'))
  return openFolderStorage(dataDirectory, { scratchDirectory, notes })
}

/** Each process on a shared folder has a scratch folder of its own; those of processes that are gone are removed. */
async function openScratch(dataDirectory: string, processes: ProcessRegistry | null): Promise<string> {
  const root = join(dataDirectory, 'scratch')
  const own = processes ? join(root, processes.id) : root
  const alive = (await processes?.alive()) ?? new Set()
  for (const entry of await readdir(root, { withFileTypes: true }).catch(() => [])) {
    if (processes ? entry.isDirectory() && !alive.has(entry.name) : true) {
      await rm(join(root, entry.name), { recursive: true, force: true })
    }
  }
  await mkdir(own, { recursive: true })
  return own
}
