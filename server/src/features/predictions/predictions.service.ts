import { AppError, type Image, type ImageId, isLearnable, type Prediction } from '@vesalius/contracts'
import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { withClasses } from '../classes/class-schemes.ts'
import { changeImage } from '../images/change-image.ts'
import { presentImage } from '../images/present-image.ts'
import { refuseUnchangeable, requireImage } from '../images/require-image.ts'
import { refuseVeiled } from '../readings/veil.ts'
import { findPredictions } from './predictions.queries.ts'
import { enqueuePrelabel, PRELABEL_PRIORITY } from './prelabel-queue.ts'

export { prelabelHandler } from './prelabel-image.ts'
export { enqueuePrelabel, prelabelProjectHandler, prelabelUnannotated, resumePrelabels } from './prelabel-queue.ts'

export async function listPredictions(db: Context['db'], user: SignedIn, imageId: ImageId): Promise<Prediction[]> {
  const { image, project } = await requireImage(db, user, imageId, 'view')
  await refuseVeiled(db, user, project, { imageId, what: 'guess' })
  const rows = await findPredictions(db, image.id)
  return rows.map((row) => ({
    imageId: row.image_id,
    modelVersionId: row.model_version_id,
    data: withClasses(project, row),
    score: row.score,
    latencyMs: row.latency_ms,
    createdAt: row.created_at.toISOString(),
  }))
}

/** Asks the model about one image, or tries again after a problem. */
export async function requestPrelabel(
  context: Pick<Context, 'db' | 'storage' | 'events' | 'jobs'>,
  user: SignedIn,
  imageId: ImageId,
): Promise<Image> {
  const seen = await requireImage(context.db, user, imageId, 'annotate')
  await refuseVeiled(context.db, user, seen.project, { imageId, what: 'guess' })
  const { image, project } = await changeImage(context, imageId, async (trx, image, project) => {
    refuseUnchangeable(image)
    const isRemote = project.algorithm.strategy === 'remote'
    const hasModel = isLearnable(project.task_type) && (isRemote || project.serving_model_id !== null)
    if (!hasModel && image.state !== 'TO_LABEL') {
      throw new AppError('NO_MODEL', 'This project has no model yet. Annotate some images and train one.')
    }
    await trx
      .updateTable('images')
      .set({ problem: null, updated_at: sql`clock_timestamp()` })
      .where('id', '=', imageId)
      .execute()
    await enqueuePrelabel(context.jobs, trx, [imageId], PRELABEL_PRIORITY.asked)
  })
  return presentImage(image, project)
}
