import { randomUUID } from 'node:crypto'
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { uptime } from 'node:os'
import { join } from 'node:path'
import { ImageId } from '@vesalius/contracts'
import { z } from 'zod'
import type { Storage } from '../../storage/storage.ts'

/**
 * What was about to change files when a process was killed. A note is made before the files are touched and goes after
 * the commit, so what is found at start-up names exactly the images whose files and row may disagree.
 * A note from before the machine itself went down proves nothing: then the database may have lost a commit that the
 * files still hold, so such notes are dropped and the files stay as they are.
 */
const Note = z.strictObject({ imageId: ImageId.nullable(), keys: z.array(z.string()) })
type Note = z.infer<typeof Note>

/** `label`: a label file is written; `files`: files come before their row, or go after it. */
export type NoteKind = 'label' | 'files'
type Place = Pick<Storage, 'notesDirectory'>

/** Answers how to take the note back. It need not reach the disk: the kernel outlives the process. */
export async function noteChange(storage: Place, kind: NoteKind, note: Note): Promise<() => Promise<void>> {
  const path = join(storage.notesDirectory, `${kind}.${randomUUID()}.json`)
  await writeFile(path, JSON.stringify(note))
  return () => rm(path, { force: true })
}

/** Settles every note made before `before`; those that stay are tried again at the next start. */
export async function settleNotes(
  storage: Place,
  kind: NoteKind,
  settle: (note: Note) => Promise<void>,
  before = Date.now(),
): Promise<void> {
  const bootedAt = Date.now() - uptime() * 1000
  for (const name of await readdir(storage.notesDirectory)) {
    if (!name.startsWith(`${kind}.`)) continue
    const path = join(storage.notesDirectory, name)
    // Clocks of the program count whole milliseconds, those of files parts of one.
    const notedAt = Math.floor((await stat(path)).mtimeMs)
    if (notedAt > before) continue
    const note = notedAt > bootedAt ? await readNote(path) : null
    if (note) await settle(note)
    await rm(path, { force: true })
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
