import type { ProjectId } from '@vesalius/contracts'
import { releaseArticles } from '../articles/move-article.ts'
import { findExchangeKeys } from '../interchange/sweep-exchange.ts'
import { type PurgeParts, purgeImage } from './purge-image.ts'

const PAGE = 200

export type PurgeProjectParts = PurgeParts

/** Removes a project for good, with its images, models, trainings, exports and imports. Cut off on the way, it goes on when called again. */
export async function purgeProject(parts: PurgeProjectParts, projectId: ProjectId): Promise<void> {
  const { db, storage } = parts
  for (;;) {
    const page = await db.selectFrom('images').select('id').where('project_id', '=', projectId).limit(PAGE).execute()
    for (const { id } of page) await purgeImage(parts, id, { withProject: true })
    if (page.length < PAGE) break
  }
  const models = await db.selectFrom('model_versions').select('uri').where('project_id', '=', projectId).execute()
  const exchanged = await findExchangeKeys(parts, projectId)
  const keys = [...models.map((model) => model.uri), ...exchanged]
  const forgetNote = await storage.notes.add('files', { imageId: null, keys })
  await db.transaction().execute(async (trx) => {
    await trx.deleteFrom('model_versions').where('project_id', '=', projectId).execute()
    await trx.deleteFrom('runs').where('project_id', '=', projectId).execute()
    await releaseArticles(trx, { column: 'project_id', id: projectId })
    await trx.deleteFrom('projects').where('id', '=', projectId).execute()
  })
  for (const key of keys) await storage.remove(key)
  await forgetNote()
}
