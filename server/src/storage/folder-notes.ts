import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { uptime } from 'node:os'
import { join } from 'node:path'
import { Note, type Notes } from './notes.ts'

/**
 * Notes as files, for the one process on an embedded database. They need not reach the disk: the kernel outlives the
 * process. A note from before the machine itself went down proves nothing: then the database may have lost a commit that
 * the files still hold, so such notes are dropped and the files stay as they are.
 */
export async function openFolderNotes(folder: string): Promise<Notes> {
  await mkdir(folder, { recursive: true })
  return {
    async add(kind, note) {
      const path = join(folder, `${kind}.${randomUUID()}.json`)
      await writeFile(path, JSON.stringify(note))
      return () => rm(path, { force: true })
    },
    async settle(kind, settle, before = Date.now()) {
      const bootedAt = Date.now() - uptime() * 1000
      for (const name of await readdir(folder)) {
        if (!name.startsWith(`${kind}.`)) continue
        const path = join(folder, name)
        // Clocks of the program count whole milliseconds, those of files parts of one.
        const notedAt = Math.floor((await stat(path)).mtimeMs)
        if (notedAt > before) continue
        const note = notedAt > bootedAt ? await readNote(path) : null
        if (note) await settle(note)
        await rm(path, { force: true })
      }
    },
    count: async () => (await readdir(folder)).length,
  }
}

/** Null when the process was killed while it wrote the note: then it had touched nothing else yet. */
async function readNote(path: string): Promise<Note | null> {
  try {
    return Note.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch {
    return null
  }
}
