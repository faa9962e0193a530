import type { Context } from '../../context.ts'
import type { ImageRow } from '../../db/tables.ts'
import type { PictureFormat } from './picture-format.ts'
import type { PreviewFormat } from './picture-protocol.ts'

interface Wanted {
  width: number
  frame: number
  format: PreviewFormat
}

/** The preview that answers a wish: no wider than the image, of a frame it has. */
export function boundWish(image: Pick<ImageRow, 'width' | 'frames'>, { width, frame, format }: Wanted): Wanted {
  return { width: Math.min(width, image.width), frame: Math.min(frame, image.frames - 1), format }
}

/** A preview that is made when its file is asked for and kept while there is room. */
export function previewOf(
  { storage, pictures, previews }: Pick<Context, 'storage' | 'pictures' | 'previews'>,
  image: ImageRow,
  wish: Wanted,
) {
  const { width, frame, format: encoding } = boundWish(image, wish)
  const name = `${image.content_hash}-${width}${frame > 0 ? `-${frame}` : ''}.${encoding}`
  const file = () =>
    previews.get(name, async (target) => {
      const source = await storage.localFile(image.uri)
      await pictures.preview({ file: source, format: image.type as PictureFormat, target, width, frame, encoding })
    })
  return { tag: `"${name}"`, mediaType: `image/${encoding}`, file }
}
