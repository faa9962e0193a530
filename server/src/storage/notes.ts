import { ImageId } from '@vesalius/contracts'
import { z } from 'zod'

/**
 * What was about to change files when a process was killed. A note is made before the files are touched and goes after
 * the commit, so what is found later names exactly the images whose files and row may disagree.
 */
export const Note = z.strictObject({ imageId: ImageId.nullable(), keys: z.array(z.string()) })
export type Note = z.infer<typeof Note>

/** `label`: a label file is written; `files`: files come before their row, or go after it. */
export type NoteKind = 'label' | 'files'

export interface Notes {
  /** Answers how to take the note back. */
  add(kind: NoteKind, note: Note): Promise<() => Promise<void>>
  /** Settles every note that a process which is gone made before `before`; those that stay are tried again later. */
  settle(kind: NoteKind, settle: (note: Note) => Promise<void>, before?: number): Promise<void>
  count(): Promise<number>
}
