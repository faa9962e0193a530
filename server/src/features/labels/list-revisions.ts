import type { LabelRevision } from '@vesalius/contracts'
import type { z } from 'zod'
import type { Db } from '../../db/database.ts'
import type { ImageRow, ProjectRow } from '../../db/tables.ts'
import { withClasses } from '../classes/class-schemes.ts'
import { nameOf } from '../people/people.queries.ts'
import { findClassRevisions, findRevisions } from './labels.queries.ts'

/** Every label an image had, newest first, with the names of the people who wrote them. */
export async function listRevisions(
  db: Db,
  image: ImageRow,
  project: ProjectRow,
): Promise<z.infer<typeof LabelRevision>[]> {
  const rows = await findRevisions(db, image.id)
  const names = await nameOf(db, [
    ...new Set(rows.flatMap(({ author }) => (author.kind === 'person' ? [author.userId] : []))),
  ])
  const byEdits = new Set(await findClassRevisions(db, image.id))
  return rows.map(({ revision, data, class_scheme, author, seconds, created_at }) => ({
    revision,
    data: withClasses(project, { data, class_scheme }),
    author,
    authorName: author.kind === 'person' ? (names.get(author.userId) ?? null) : null,
    seconds,
    isClassEdit: byEdits.has(revision),
    createdAt: created_at.toISOString(),
  }))
}
