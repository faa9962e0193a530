import type { ImageId, InputDrift } from '@vesalius/contracts'
import type { Context } from '../../context.ts'
import type { ImageRow, ProjectRow } from '../../db/tables.ts'
import { readFeatures } from '../ranking/features.ts'
import { nearestOf, usualDistance } from './unlike.ts'

type Parts = Pick<Context, 'db' | 'storage' | 'pictures'>
type Seen = Pick<ImageRow, 'id' | 'uri' | 'type' | 'created_at'>

const MOST_LEARNED = 400
const MOST_LATEST = 200
const WINDOW = 25
/** Fewer say nothing of what is usual. */
const LEAST_LEARNED = 20
const LEAST_LATEST = 10

/** Whether the latest images, which the serving version was not made of, look like those it learned from. */
export async function measureDrift(parts: Parts, project: ProjectRow, signal: AbortSignal): Promise<InputDrift | null> {
  const serving = project.serving_model_id
  if (!serving) return null
  const model = await parts.db
    .selectFrom('model_versions')
    .innerJoin('model_labels', 'model_version_id', 'id')
    .select(['number', 'learned', 'held_out'])
    .where('id', '=', serving)
    .executeTakeFirst()
  if (!model || model.learned.length < LEAST_LEARNED) return null
  const ids = model.learned.map(({ imageId }) => imageId)
  const old = new Set([...model.learned, ...model.held_out].map(({ imageId }) => imageId))
  const latest = await findLatest(parts, project, old)
  if (latest.length < LEAST_LATEST) return null
  const learned = await findImages(parts, evenly(ids, MOST_LEARNED))
  const known = [...(await readFeatures(parts, learned, { most: MOST_LEARNED, signal })).values()]
  if (known.length < LEAST_LEARNED) return null
  const limit = usualDistance(known)
  const features = await readFeatures(parts, latest, { most: MOST_LATEST, signal })
  const looked = latest.filter(({ id }) => features.has(id))
  const isUnlike = ({ id }: Seen) => nearestOf(features.get(id) as Float32Array, known) > limit
  const windows = []
  for (let at = 0; at < looked.length; at += WINDOW) {
    const part = looked.slice(at, at + WINDOW)
    const [from, to] = [part[0] as Seen, part.at(-1) as Seen]
    windows.push({
      from: from.created_at.toISOString(),
      to: to.created_at.toISOString(),
      images: part.length,
      unlike: part.filter(isUnlike).length,
    })
  }
  return { modelVersionId: serving, number: model.number, learned: known.length, windows }
}

/** The latest images that are not among those it was made of, oldest first. */
async function findLatest({ db }: Parts, project: ProjectRow, old: ReadonlySet<ImageId>): Promise<Seen[]> {
  const rows = await db
    .selectFrom('images')
    .select(['id', 'uri', 'type', 'created_at'])
    .where('project_id', '=', project.id)
    .where('state', '<>', 'DELETED')
    .orderBy('id', 'desc')
    .limit(MOST_LATEST + old.size)
    .execute()
  return rows
    .filter(({ id }) => !old.has(id))
    .slice(0, MOST_LATEST)
    .reverse()
}

async function findImages({ db }: Parts, ids: readonly ImageId[]): Promise<Seen[]> {
  return db
    .selectFrom('images')
    .select(['id', 'uri', 'type', 'created_at'])
    .where('id', 'in', [...ids])
    .where('state', '<>', 'DELETED')
    .execute()
}

function evenly<Item>(items: readonly Item[], most: number): Item[] {
  const stride = Math.max(1, items.length / most)
  return Array.from({ length: Math.min(items.length, most) }, (_, at) => items[Math.floor(at * stride)] as Item)
}
