import type { ImageId, LabelFile, UserId } from '@vesalius/contracts'
import type { Selectable } from 'kysely'
import { z } from 'zod'
import type { Db } from '../../db/database.ts'
import type { ImageEditorsTable } from '../../db/tables/images.ts'
import type { ImageRow, ProjectRow } from '../../db/tables.ts'
import type { Storage } from '../../storage/storage.ts'
import { buildLabelFile, formatLabelFile, type LabelRevisionRow, labelKey } from './label-file.ts'

/**
 * The label file as it lies beside its image: what clients see, and under `meta.stored` the rows it stands for, so that
 * the folder alone is enough to rebuild the database. Rows are kept as they are, column by column: a new column is kept
 * without a line of code here. No mail addresses and nothing secret goes in.
 */
const Row = z.record(z.string(), z.unknown())
export const StoredRows = z.object({
  image: Row,
  project: Row,
  editors: z.array(Row),
  people: z.array(z.object({ id: z.uuid(), username: z.string(), createdAt: z.string() })),
})
export type StoredRows = z.infer<typeof StoredRows>

/** Columns of a project that trainings and counts move: they are made anew, not kept. */
const MOVING = [
  ...['annotation_count', 'annotation_changes', 'trained_changes', 'last_training_at', 'serving_model_id'],
  'class_pending',
]

export interface Labelled {
  image: ImageRow
  revision: Pick<LabelRevisionRow, 'revision' | 'data' | 'author' | 'class_scheme'>
}

/** The files of images of one project as they are to be written, in order. In a transaction `db` is that transaction. */
export async function formatStoredLabels(
  db: Db,
  project: ProjectRow,
  labelled: readonly Labelled[],
): Promise<{ key: string; text: string; label: LabelFile }[]> {
  const editors = await findEditors(db, labelled)
  const people = await findPeople(db, project, labelled, editors)
  const kept = Object.fromEntries(Object.entries(project).filter(([column]) => !MOVING.includes(column)))
  return labelled.map(({ image, revision }) => {
    const label = buildLabelFile(project, image, revision)
    const own = editors.filter((editor) => editor.image_id === image.id)
    const stored = {
      image,
      project: kept,
      editors: own,
      people: [...idsOf(project, { image, revision }, own)].flatMap((id) => people.get(id) ?? []),
    }
    const text = formatLabelFile({ ...label, meta: { ...label.meta, stored } } as unknown as LabelFile)
    return { key: labelKey(image), text, label }
  })
}

/** Writes the file of one image; it is on the disk when this resolves. Answers the label as clients see it. */
export async function writeStoredLabel(
  db: Db,
  storage: Storage,
  project: ProjectRow,
  labelled: Labelled,
): Promise<LabelFile> {
  const [file] = await formatStoredLabels(db, project, [labelled])
  if (!file) throw new Error('an image has no label file')
  await storage.write(file.key, file.text)
  return file.label
}

type EditorRow = Selectable<ImageEditorsTable>

async function findEditors(db: Db, labelled: readonly Labelled[]): Promise<EditorRow[]> {
  const ids: ImageId[] = labelled.filter(({ image }) => image.editor_count > 0).map(({ image }) => image.id)
  if (ids.length === 0) return []
  return db
    .selectFrom('image_editors')
    .selectAll()
    .where('image_id', 'in', ids)
    .orderBy('image_id')
    .orderBy('user_id')
    .execute()
}

async function findPeople(db: Db, project: ProjectRow, labelled: readonly Labelled[], editors: EditorRow[]) {
  const ids = new Set(labelled.flatMap((each) => [...idsOf(project, each, editors)]))
  const rows = await db
    .selectFrom('users')
    .select(['id', 'name', 'username', 'displayUsername', 'createdAt'])
    .where('id', 'in', [...ids])
    .execute()
  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        username: row.displayUsername ?? row.username ?? row.name,
        createdAt: new Date(row.createdAt).toISOString(),
      },
    ]),
  )
}

/** Everybody a file speaks of. */
function idsOf(project: ProjectRow, { image, revision }: Labelled, editors: readonly EditorRow[]): Set<UserId> {
  const { author } = revision
  return new Set(
    [
      image.owner_id,
      project.owner_id,
      image.annotated_by,
      image.reviewed_by,
      author.kind === 'person' ? author.userId : null,
      ...editors.flatMap((editor) => [editor.user_id, editor.added_by]),
    ].filter((id) => id !== null),
  )
}
