import { type ImageId, LabelFile } from '@vesalius/contracts'
import type { Context } from '../../context.ts'
import { lockImage } from '../images/images.queries.ts'
import { findImageIds, findRevision } from './labels.queries.ts'
import { formatStoredLabels } from './stored-label.ts'

const PAGE = 500
type Parts = Pick<Context, 'db' | 'storage'>

/** Label files whose change was cut off by a kill say again what their row says. Answers how many. */
export async function repairLabelFiles(parts: Parts): Promise<number> {
  let repaired = 0
  await parts.storage.notes.settle('label', async ({ imageId }) => {
    if (imageId && (await repairLabelFile(parts, imageId, { isRowRight: true }))) repaired += 1
  })
  return repaired
}

/**
 * Looks at every label file and writes anew those that are missing, unreadable, or older than their row. A file that
 * is newer than its row stays: then the database lost something, and the file is what it can be rebuilt from.
 */
export async function repairAllLabelFiles(parts: Parts): Promise<number> {
  let repaired = 0
  let after: ImageId | null = null
  for (;;) {
    const page: ImageId[] = await findImageIds(parts.db, { after, limit: PAGE })
    for (const imageId of page) if (await repairLabelFile(parts, imageId)) repaired += 1
    after = page.at(-1) ?? null
    if (page.length < PAGE) return repaired
  }
}

/** Writes one label file from its row where they differ; a newer file only when `isRowRight`. Answers whether it did. */
export async function repairLabelFile(
  { db, storage }: Parts,
  imageId: ImageId,
  { isRowRight = false } = {},
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const image = await lockImage(trx, imageId)
    if (!image) return false
    const project = await trx
      .selectFrom('projects')
      .selectAll()
      .where('id', '=', image.project_id)
      .executeTakeFirstOrThrow()
    const revision = await findRevision(trx, imageId, image.label_revision)
    const [file] = await formatStoredLabels(trx, project, [{ image, revision }])
    if (!file) return false
    const { key, text } = file
    const found = (await storage.size(key)) === null ? '' : (await storage.read(key)).toString()
    if (found === text) return false
    if (!isRowRight && (revisionOf(found) ?? -1) > image.label_revision) return false
    await storage.write(key, text)
    return true
  })
}

function revisionOf(text: string): number | undefined {
  try {
    return LabelFile.parse(JSON.parse(text)).meta?.revision
  } catch {
    return undefined
  }
}
