import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve, sep } from 'node:path'
import type { ObjectStore, Storage, StoredObject } from './storage.ts'

/** Objects as plain files below one folder. A file appears under its name only when its bytes are on the disk. */
export function openFolderStore(root: string, { scratchDirectory }: Pick<Storage, 'scratchDirectory'>): ObjectStore {
  const base = resolve(root)

  const pathOf = (key: string): string => {
    const path = resolve(base, key)
    if (!path.startsWith(base + sep)) throw new RangeError('storage key leaves the data folder')
    return path
  }

  const place = async (key: string, temporary: string): Promise<void> => {
    const target = pathOf(key)
    await mkdir(dirname(target), { recursive: true })
    await rename(temporary, target)
    await syncFolder(dirname(target))
  }

  return {
    async write(key, bytes) {
      const temporary = join(scratchDirectory, randomUUID())
      try {
        const handle = await open(temporary, 'wx')
        try {
          await handle.writeFile(bytes)
          await handle.sync()
        } finally {
          await handle.close()
        }
        await place(key, temporary)
      } catch (error) {
        await rm(temporary, { force: true })
        throw error
      }
    },
    async adopt(key, localFile) {
      const handle = await open(localFile, 'r+')
      try {
        await handle.sync()
      } finally {
        await handle.close()
      }
      await place(key, localFile)
    },
    read: (key) => readFile(pathOf(key)),
    stream: (key, range) => createReadStream(pathOf(key), range),
    async size(key) {
      try {
        return (await stat(pathOf(key))).size
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
        throw error
      }
    },
    remove: (key) => rm(pathOf(key), { force: true }),
    ensureFolder: async (key) => {
      await mkdir(pathOf(key), { recursive: true })
    },
    removeFolder: (folder) => rm(pathOf(folder), { recursive: true, force: true }),
    list: (folder) => listFolder(pathOf(folder), folder),
    localFile: async (key) => pathOf(key),
    pinFile: async (key) => pathOf(key),
    workFolder: async (folder) => {
      await mkdir(pathOf(folder), { recursive: true })
      return pathOf(folder)
    },
    link: async () => null,
  }
}

/** Files that come or go meanwhile may or may not be told. */
async function* listFolder(path: string, key: string): AsyncGenerator<StoredObject> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => [])
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.isDirectory()) yield* listFolder(join(path, entry.name), `${key}${entry.name}/`)
    else {
      const found = await stat(join(path, entry.name)).catch(() => null)
      if (found) yield { key: key + entry.name, byteSize: found.size, changedAt: found.mtimeMs }
    }
  }
}

/** Makes a rename durable. Windows has no such thing and refuses to open folders. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
