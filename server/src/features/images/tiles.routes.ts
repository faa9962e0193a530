import { createHash } from 'node:crypto'
import { routes } from '@vesalius/contracts'
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../context.ts'
import type { ImageRow } from '../../db/tables.ts'
import { registerRoute } from '../../http/register-route.ts'
import type { PictureFormat } from './picture-format.ts'
import { requireImage } from './require-image.ts'
import { sendTile } from './send-file.ts'
import { describeTiles, TileFiles, tileName } from './tile-file.ts'

/** Large images by tiles: made once, kept while there is room, read one by one. */
export function registerTileRoutes(
  app: FastifyInstance,
  { db, storage, pictures, previews }: Pick<Context, 'db' | 'storage' | 'pictures' | 'previews'>,
): void {
  const files = new TileFiles()
  const tileFileOf = (image: ImageRow, frame: number) =>
    previews.get(`${image.content_hash}-${frame}.tiles`, async (target) => {
      const file = await storage.localFile(image.uri)
      await pictures.tiles({ file, format: image.type as PictureFormat, target, frame })
    })

  registerRoute(app, routes.getImageTiles, async ({ user, params, query }) => {
    const { image } = await requireImage(db, user, params.imageId, 'view')
    const frame = Math.min(query.frame, image.frames - 1)
    return describeTiles(files, await tileFileOf(image, frame), image)
  })

  registerRoute(app, routes.getImageTile, async ({ user, params, query, request, reply }) => {
    const { image } = await requireImage(db, user, params.imageId, 'view')
    const frame = Math.min(query.frame, image.frames - 1)
    const name = tileName(image, params)
    const tag = createHash('sha256').update(`${image.content_hash} ${frame} ${name}`).digest('base64url').slice(0, 22)
    return sendTile({ request, reply }, `"${tag}"`, async () => files.read(await tileFileOf(image, frame), name))
  })
}
