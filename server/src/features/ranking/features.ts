import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ImageId } from '@vesalius/contracts'
import { describePicture } from '@vesalius/engine'
import type { Context } from '../../context.ts'
import { json } from '../../db/json.ts'
import type { ImageRow } from '../../db/tables.ts'
import type { PictureFormat } from '../images/picture-format.ts'

type Parts = Pick<Context, 'db' | 'storage' | 'pictures'>
type Pictured = Pick<ImageRow, 'id' | 'uri' | 'type'>

const PREVIEW_WIDTH = 64
const IDS_AT_ONCE = 1000

/** What images look like, by id; describes those that are new, `most` of them at most. */
export async function readFeatures(
  parts: Parts,
  images: readonly Pictured[],
  { most, signal }: { most: number; signal: AbortSignal },
): Promise<Map<ImageId, Float32Array>> {
  const known = new Map<ImageId, Float32Array>()
  for (let at = 0; at < images.length; at += IDS_AT_ONCE) {
    const ids = images.slice(at, at + IDS_AT_ONCE).map(({ id }) => id)
    const rows = await parts.db.selectFrom('image_features').selectAll().where('image_id', 'in', ids).execute()
    for (const { image_id, features } of rows) known.set(image_id, Float32Array.from(features))
  }
  const missing = images.filter(({ id }) => !known.has(id)).slice(0, most)
  for (const image of missing) {
    signal.throwIfAborted()
    const features = await describe(parts, image).catch(() => null)
    if (!features) continue
    known.set(image.id, features)
    const rounded = Array.from(features, (value) => Math.round(value * 10_000) / 10_000)
    await parts.db
      .insertInto('image_features')
      .values({ image_id: image.id, features: json(rounded) })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
  return known
}

/** From a small preview, made where files of people are decoded. */
async function describe({ storage, pictures }: Parts, image: Pictured): Promise<Float32Array> {
  const target = join(storage.scratchDirectory, `${randomUUID()}.png`)
  try {
    const [file, format] = [await storage.localFile(image.uri), image.type as PictureFormat]
    await pictures.preview({ file, format, target, width: PREVIEW_WIDTH, frame: 0, encoding: 'png' })
    return await describePicture(target)
  } finally {
    await rm(target, { force: true })
  }
}
