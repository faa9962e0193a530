import { type ImageId, LabelFile } from '@vesalius/contracts'
import type { Context } from '../../context.ts'
import { lockImage } from '../images/images.queries.ts'
import { buildLabelFile, formatLabelFile, labelKey, writeLabelFile } from './label-file.ts'
import { findChangedImages, findLastChange, findRevision } from './labels.queries.ts'

const PAGE = 500
const RECENT_MS = 10 * 60_000
type Parts = Pick<Context, 'db' | 'storage'>

/**
 * Writes anew every label file that is missing, unreadable, or older than its row. A file that is newer than its row
 * stays: then the database lost something, and the file is what it can be rebuilt from. Looks at the images changed in
 * the last minutes before the last change, or at all of them. Answers how many were written.
 */
export async function repairLabelFiles(parts: Parts, options: { all?: boolean } = {}): Promise<number> {
  const last = await findLastChange(parts.db)
  if (!last) return 0
  const since = options.all ? null : new Date(last.getTime() - RECENT_MS)
  let repaired = 0
  let after: ImageId | null = null
  for (;;) {
    const page: ImageId[] = await findChangedImages(parts.db, { since, after, limit: PAGE })
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
    const label = buildLabelFile(project, image, await findRevision(trx, imageId, image.label_revision))
    const key = labelKey(image)
    const found = (await storage.size(key)) === null ? '' : (await storage.read(key)).toString()
    if (found === formatLabelFile(label)) return false
    if (!isRowRight && (revisionOf(found) ?? -1) > image.label_revision) return false
    await writeLabelFile(storage, image, label)
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
