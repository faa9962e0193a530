import { createHash } from 'node:crypto'
import { fillPath, routes } from '@vesalius/contracts'
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../context.ts'
import type { ImageRow } from '../../db/tables.ts'
import { registerRoute } from '../../http/register-route.ts'
import { openToCdn, sendToCdn } from '../cdn/cdn-address.ts'
import { contentOf, findForCdn } from './find-for-cdn.ts'
import type { PictureFormat } from './picture-format.ts'
import { requireImage } from './require-image.ts'
import { sendTile } from './send-file.ts'
import { describeTiles, TileFiles, tileName } from './tile-file.ts'

/** Large images by tiles: made once, kept while there is room, read one by one. */
export function registerTileRoutes(
  app: FastifyInstance,
  context: Pick<Context, 'db' | 'storage' | 'pictures' | 'previews' | 'config' | 'sealKey'>,
): void {
  const { db, storage, pictures, previews } = context
  const files = new TileFiles()
  const tileFileOf = (image: ImageRow, frame: number) =>
    previews.get(`${image.content_hash}-${frame}.tiles`, async (target) => {
      const file = await storage.localFile(image.uri)
      await pictures.tiles({ file, format: image.type as PictureFormat, target, frame })
    })

  const send = (
    exchange: Parameters<typeof sendTile>[0],
    image: ImageRow,
    { frame, ...place }: Parameters<typeof tileName>[1] & { frame: number },
    headers = {},
  ) => {
    const name = tileName(image, place)
    const tag = createHash('sha256').update(`${image.content_hash} ${frame} ${name}`).digest('base64url').slice(0, 22)
    return sendTile(exchange, `"${tag}"`, async () => files.read(await tileFileOf(image, frame), name), headers)
  }

  registerRoute(app, routes.getImageTiles, async ({ user, params, query }) => {
    const { image } = await requireImage(db, user, params.imageId, 'view')
    const frame = Math.min(query.frame, image.frames - 1)
    return describeTiles(files, await tileFileOf(image, frame), image)
  })

  registerRoute(app, routes.getImageTile, async ({ user, params, query, request, reply }) => {
    const { image } = await requireImage(db, user, params.imageId, 'view')
    const frame = Math.min(query.frame, image.frames - 1)
    const path = fillPath(routes.getCdnTile.path, { ...contentOf(image), ...params, frame })
    const sent = image.state === 'DELETED' ? null : sendToCdn(context, reply, path)
    return sent ?? send({ request, reply }, image, { ...params, frame })
  })

  registerRoute(app, routes.getCdnTile, async ({ params, query, request, reply }) => {
    const image = await findForCdn(db, params)
    const headers = openToCdn(context, request.url.split('?')[0] ?? '', query)
    return send({ request, reply }, image, { ...params, frame: Math.min(params.frame, image.frames - 1) }, headers)
  })
}
