import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve, sep } from 'node:path'
import type { Storage } from './storage.ts'

/** Objects as plain files below one folder. A file appears under its name only when its bytes are on the disk. */
export function openFolderStorage(
  root: string,
  { scratchDirectory, notes }: Pick<Storage, 'scratchDirectory' | 'notes'>,
): Storage {
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
    scratchDirectory,
    notes,
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
    localFile: async (key) => pathOf(key),
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
