import { createHash } from 'node:crypto'
import { dirname } from 'node:path'
import type { LineageLabel, Without } from '@vesalius/contracts'
import { markedFrames, onFrame } from '@vesalius/contracts'
import { frameAddress, readAddress, type TrainingItem, type TrainingRequest } from '@vesalius/engine/runner'
import type { Context } from '../../context.ts'
import type { ProjectRow, RunRow } from '../../db/tables.ts'
import { withClasses } from '../classes/class-schemes.ts'
import { findRevision } from '../labels/labels.queries.ts'
import { holdOut } from '../models/held-out.queries.ts'
import type { TrainingStart } from './find-parent.ts'
import { checkEnough } from './start-run.ts'
import { type AnnotatedImage, findAnnotatedImages } from './training.queries.ts'

/**
 * What a run learns from, frozen at its first start so that a resumed run sees the same data. As an object of the storage
 * it names files by their keys, so that a process on another machine may go on; what this answers names local files.
 */
export interface FrozenRun {
  request: TrainingRequest
  dataSetHash: string
  /** The class scheme that its class indices are places in; missing: the first. */
  classScheme?: number
  /** The exact labels in the request's items. */
  learned: LineageLabel[]
  annotationChanges: number
  /** What it started from. */
  start: Pick<TrainingStart, 'id' | 'base'> | null
}

type Parts = Pick<Context, 'db' | 'storage'>

/** Images made ready at a time. */
const AT_ONCE = 16

export const frozenKeyOf = (run: Pick<RunRow, 'id' | 'project_id'>): string =>
  `projects/${run.project_id}/runs/${run.id}/request.json`

export async function freezeRun(
  parts: Parts,
  project: ProjectRow,
  run: RunRow,
  start: TrainingStart | null,
): Promise<FrozenRun> {
  const { db, storage } = parts
  const key = frozenKeyOf(run)
  if ((await storage.size(key)) !== null) {
    return localise(parts, run, JSON.parse((await storage.read(key)).toString('utf8')) as FrozenRun)
  }
  const annotated = await findAnnotatedImages(db, project)
  const heldOut = await holdOut(db, project.id, annotated)
  const images = annotated.filter((image) => !heldOut.has(image.group) && !isLeftOut(image, run.without))
  checkEnough(project.task_type, images)
  const taken: Taken[] = []
  for (let at = 0; at < images.length; at += AT_ONCE) {
    const some = images.slice(at, at + AT_ONCE)
    taken.push(...(await Promise.all(some.map((image) => takeItems(parts, dirname(key), project, image)))).flat())
  }
  const items = taken.map(({ item }) => item)
  const frozen: FrozenRun = {
    request: {
      taskType: project.task_type,
      classes: project.classes,
      items,
      backbone: project.algorithm.backbone,
      imageSize: project.algorithm.imageSize,
      seed: project.algorithm.seed,
      budgetMinutes: run.budget_minutes,
      memoryLimitMb: project.algorithm.memoryLimitMb,
      warmStartModel: null,
      scope: run.scope,
      directory: folderOf(run),
    },
    classScheme: project.class_scheme,
    dataSetHash: hashDataSet(taken),
    learned: images.map(({ id, revision, contentHash }) => ({ imageId: id, revision, contentHash })),
    annotationChanges: project.annotation_changes,
    start: run.without ? null : start && { id: start.id, base: start.base },
  }
  await storage.write(key, JSON.stringify(frozen))
  return localise(parts, run, frozen)
}

const folderOf = (run: Pick<RunRow, 'id' | 'project_id'>): string => `${dirname(frozenKeyOf(run))}/`

/** The same with files of this machine. */
async function localise({ db, storage }: Parts, run: RunRow, frozen: FrozenRun): Promise<FrozenRun> {
  const folder = folderOf(run)
  const items: TrainingItem[] = []
  for (let at = 0; at < frozen.request.items.length; at += AT_ONCE) {
    const some = frozen.request.items.slice(at, at + AT_ONCE)
    items.push(...(await Promise.all(some.map((item) => localiseItem(storage, folder, item)))))
  }
  const start = frozen.start
    ? await db.selectFrom('model_versions').select('uri').where('id', '=', frozen.start.id).executeTakeFirst()
    : undefined
  return {
    ...frozen,
    request: {
      ...frozen.request,
      items,
      directory: await storage.workFolder(folder),
      warmStartModel: start ? await storage.pinFile(start.uri, folder) : null,
    },
  }
}

async function localiseItem(storage: Context['storage'], folder: string, item: TrainingItem): Promise<TrainingItem> {
  const { file: key, frame } = readAddress(item.file)
  const file = frameAddress(await storage.pinFile(key, folder), frame)
  return 'labelFile' in item
    ? { ...item, file, labelFile: await storage.pinFile(item.labelFile, folder) }
    : { ...item, file }
}

function isLeftOut({ id, annotatedBy }: AnnotatedImage, without: Without | null): boolean {
  if (!without) return false
  return without.imageIds.includes(id) || (annotatedBy !== null && without.userIds.includes(annotatedBy))
}

/** Frees the checkpoint and the request of a run that has ended. */
export async function removeRunFolder({ storage }: Pick<Context, 'storage'>, run: RunRow): Promise<void> {
  await storage.removeFolder(folderOf(run))
}

interface Taken {
  item: TrainingItem
  contentHash: string
  answer: string
}

/**
 * One image as the engine takes it: of several frames, each that carries marks is an item of its own, and all of them
 * fall on one side of a split. Marks are copied into the run's folder, so that later corrections change nothing.
 */
async function takeItems(parts: Parts, folder: string, project: ProjectRow, image: AnnotatedImage): Promise<Taken[]> {
  const { db, storage } = parts
  const { id, group, value, revision, contentHash } = image
  const file = image.uri
  if (value !== null) return [{ item: { imageId: id, file, group, value }, contentHash, answer: String(value) }]
  const whole = withClasses(project, await findRevision(db, id, revision))
  const taken: Taken[] = []
  for (const frame of markedFrames(whole)) {
    const label = JSON.stringify(onFrame(whole, frame))
    const key = `${folder}/labels/${frame === 0 ? id : `${id}-${frame}`}.json`
    await storage.write(key, label)
    const answer = createHash('sha256').update(`${frame} ${label}`).digest('hex')
    taken.push({ item: { imageId: id, file: frameAddress(file, frame), group, labelFile: key }, contentHash, answer })
  }
  return taken
}

/** The same images with the same answers give the same hash, whatever order they came in. */
export function hashDataSet(images: readonly { contentHash: string; answer: string }[]): string {
  const lines = images.map(({ contentHash, answer }) => `${contentHash} ${answer}`).sort()
  return createHash('sha256').update(lines.join('\n')).digest('hex')
}
