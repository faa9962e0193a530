import { AppError, fillPath, routes } from '@vesalius/contracts'
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../context.ts'
import type { ImageRow } from '../../db/tables.ts'
import { registerRoute } from '../../http/register-route.ts'
import { openToCdn, sendToCdn } from '../cdn/cdn-address.ts'
import { askRanking } from '../ranking/rank-images.ts'
import { contentOf, findForCdn } from './find-for-cdn.ts'
import { freezeImage, unfreezeImage } from './freeze-image.ts'
import { deleteImage, getImage, listImages, renameImage, restoreImage } from './images.service.ts'
import { boundWish, previewOf } from './make-preview.ts'
import type { PreviewFormat } from './picture-protocol.ts'
import { requireImage } from './require-image.ts'
import { sendFrame, sendOriginal, sendPreview } from './send-file.ts'
import { openFrame, readFrameFile } from './send-frames.ts'
import { registerTileRoutes } from './tiles.routes.ts'

export function registerImageRoutes(
  app: FastifyInstance,
  context: Pick<Context, 'db' | 'storage' | 'events' | 'jobs' | 'pictures' | 'previews' | 'config' | 'sealKey'>,
): void {
  const { db, storage, pictures, previews } = context

  registerRoute(app, routes.listImages, async ({ user, params, query }) => {
    const page = await listImages(db, user, { projectId: params.projectId, ...query })
    if (query.order === 'next' && query.cursor === undefined) await askRanking(context, params.projectId)
    return page
  })

  registerRoute(app, routes.getImage, async ({ user, params }) => getImage(db, user, params.imageId))

  registerRoute(app, routes.updateImage, async ({ user, params, body }) =>
    renameImage(context, user, params.imageId, body.name),
  )

  registerRoute(app, routes.deleteImage, async ({ user, params }) => {
    await deleteImage(context, user, params.imageId)
    return null
  })

  registerRoute(app, routes.restoreImage, async ({ user, params }) => restoreImage(context, user, params.imageId))

  registerRoute(app, routes.freezeImage, async ({ user, params }) => freezeImage(context, user, params.imageId))

  registerRoute(app, routes.unfreezeImage, async ({ user, params }) => unfreezeImage(context, user, params.imageId))

  registerRoute(app, routes.getImageFile, async ({ user, params, request, reply }) => {
    const { image } = await requireImage(db, user, params.imageId, 'view')
    return sendOriginal({ request, reply }, storage, image)
  })

  registerRoute(app, routes.getImagePreview, async ({ user, params, query, request, reply }) => {
    const { image } = await requireImage(db, user, params.imageId, 'view')
    const wish = boundWish(image, query)
    const file = `${wish.width}.${wish.format}`
    const path = fillPath(routes.getCdnPreview.path, { ...contentOf(image), frame: wish.frame, file })
    const sent = image.state === 'DELETED' ? null : sendToCdn(context, reply, path)
    return sent ?? sendPreview({ request, reply }, previewOf(context, image, wish))
  })

  registerRoute(app, routes.getCdnPreview, async ({ params, query, request, reply }) => {
    const image = await findForCdn(db, params)
    const headers = openToCdn(context, request.url.split('?')[0] ?? '', query)
    const [, width, format] = /^(\d+)\.(\w+)$/.exec(params.file) ?? []
    const wish = { width: Number(width), frame: params.frame, format: format as PreviewFormat }
    return sendPreview({ request, reply }, previewOf(context, image, wish), headers)
  })

  const frameFileOf = (image: ImageRow) =>
    previews.get(`${image.content_hash}.frames`, async (target) =>
      pictures.frames({ file: await storage.localFile(image.uri), target }),
    )

  registerRoute(app, routes.getImageFrames, async ({ user, params }) => {
    const { image } = await requireImage(db, user, params.imageId, 'view')
    return (await readFrameFile(await frameFileOf(image))).facts
  })

  registerRoute(app, routes.getImagePixels, async ({ user, params, query, request, reply }) => {
    const { image } = await requireImage(db, user, params.imageId, 'view')
    const tag = `"${image.content_hash}-${query.frame}"`
    return sendFrame({ request, reply }, tag, async () => openFrame(await frameFileOf(image), query.frame))
  })

  registerTileRoutes(app, context)

  registerRoute(app, routes.getDeidentification, async ({ user, params }) => {
    const { image } = await requireImage(db, user, params.imageId, 'view')
    if (!image.deidentification) throw new AppError('NOT_FOUND', 'Nothing was removed from this file.')
    return image.deidentification
  })
}
