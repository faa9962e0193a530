import type { ImageId, LabelAuthor, LabelData, ProjectId } from '@vesalius/contracts'
import type { Db } from '../../db/database.ts'
import type { ImageRow } from '../../db/tables.ts'

const PAGE = 500

export interface LabelledImage {
  image: ImageRow
  revision: { revision: number; data: LabelData; author: LabelAuthor }
}

/** Images outside of the bin with their current labels, oldest first, at most `limit`. */
export async function findLabelledImages(
  db: Db,
  filter: { projectId: ProjectId; isAnnotatedOnly: boolean; limit: number },
): Promise<LabelledImage[]> {
  const found: LabelledImage[] = []
  let after: ImageId | null = null
  while (found.length < filter.limit) {
    const page = await findPage(db, filter, after)
    for (const { label_data, label_author, ...image } of page) {
      found.push({ image, revision: { revision: image.label_revision, data: label_data, author: label_author } })
    }
    after = page.at(-1)?.id ?? null
    if (page.length < PAGE) break
  }
  return found.slice(0, filter.limit)
}

function findPage(
  db: Db,
  { projectId, isAnnotatedOnly }: { projectId: ProjectId; isAnnotatedOnly: boolean },
  after: ImageId | null,
) {
  let query = db
    .selectFrom('images')
    .innerJoin('label_revisions', (join) =>
      join
        .onRef('label_revisions.image_id', '=', 'images.id')
        .onRef('label_revisions.revision', '=', 'images.label_revision'),
    )
    .selectAll('images')
    .select(['label_revisions.data as label_data', 'label_revisions.author as label_author'])
    .where('images.project_id', '=', projectId)
    .where('images.state', '<>', 'DELETED')
    .orderBy('images.id')
    .limit(PAGE)
  if (isAnnotatedOnly) query = query.where('images.annotated_at', 'is not', null)
  if (after) query = query.where('images.id', '>', after)
  return query.execute()
}

export type NamedImage = Pick<
  ImageRow,
  'id' | 'name' | 'width' | 'height' | 'frames' | 'state' | 'annotated_at' | 'label_revision'
>

/** What an import has to know of the images outside of the bin, oldest first. */
export async function findNamedImages(db: Db, projectId: ProjectId): Promise<NamedImage[]> {
  return db
    .selectFrom('images')
    .select(['id', 'name', 'width', 'height', 'frames', 'state', 'annotated_at', 'label_revision'])
    .where('project_id', '=', projectId)
    .where('state', '<>', 'DELETED')
    .orderBy('id')
    .execute()
}
