import { AppError, type Image, type ImageId, routes, type Skip, type SkipReason } from '@vesalius/contracts'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import { json } from '../../db/json.ts'
import { registerRoute } from '../../http/register-route.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { changeImage } from '../images/change-image.ts'
import { presentImage } from '../images/present-image.ts'
import { refuseUnchangeable, requireImage } from '../images/require-image.ts'

type Parts = Pick<Context, 'db' | 'storage' | 'events'>

export function registerSkipRoutes(app: FastifyInstance, context: Parts): void {
  registerRoute(app, routes.skipImage, async ({ user, params, body }) =>
    markSkipped(context, user, params.imageId, body),
  )

  registerRoute(app, routes.unskipImage, async ({ user, params }) => markSkipped(context, user, params.imageId, null))
}

/** `why`: null puts the image back among those that wait. */
async function markSkipped(
  parts: Parts,
  user: SignedIn,
  imageId: ImageId,
  why: { reason: SkipReason; note: string } | null,
): Promise<Image> {
  await requireImage(parts.db, user, imageId, 'annotate')
  const { image, project } = await changeImage(parts, imageId, async (trx, current) => {
    refuseUnchangeable(current)
    if (why && current.annotated_at) {
      throw new AppError('CONFLICT', 'The image is annotated. Take the annotation back before you skip it.')
    }
    const skip: Skip | null = why && { ...why, userId: user.id, at: new Date().toISOString() }
    await trx
      .updateTable('images')
      .set({ skip: skip && json(skip), updated_at: sql`clock_timestamp()` })
      .where('id', '=', imageId)
      .execute()
  })
  return presentImage(image, project)
}
