import { createHash } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { LineageLabel, Without } from '@vesalius/contracts'
import type { TrainingItem, TrainingRequest } from '@vesalius/engine/runner'
import type { Context } from '../../context.ts'
import type { ProjectRow, RunRow } from '../../db/tables.ts'
import { isReadByEngine, renderForEngine } from '../images/engine-picture.ts'
import { withClasses } from '../labels/label-classes.ts'
import { findRevision } from '../labels/labels.queries.ts'
import { holdOut } from '../models/held-out.queries.ts'
import type { TrainingStart } from './find-parent.ts'
import { checkEnough } from './start-run.ts'
import { type AnnotatedImage, findAnnotatedImages } from './training.queries.ts'

/** What a run learns from, frozen at its first start so that a resumed run sees the same data. */
export interface FrozenRun {
  request: TrainingRequest
  dataSetHash: string
  /** The exact labels in the request's items. */
  learned: LineageLabel[]
  annotationChanges: number
  /** What it started from. */
  start: Pick<TrainingStart, 'id' | 'base'> | null
}

type Parts = Pick<Context, 'db' | 'storage' | 'pictures'>

/** Images made ready at a time. */
const AT_ONCE = 16

const keyOf = (run: RunRow) => `projects/${run.project_id}/runs/${run.id}/request.json`

export async function freezeRun(
  parts: Parts,
  project: ProjectRow,
  run: RunRow,
  start: TrainingStart | null,
): Promise<FrozenRun> {
  const { db, storage } = parts
  const key = keyOf(run)
  if ((await storage.size(key)) !== null) return JSON.parse((await storage.read(key)).toString('utf8')) as FrozenRun
  const annotated = await findAnnotatedImages(db, project)
  const heldOut = await holdOut(db, project.id, annotated)
  const images = annotated.filter((image) => !heldOut.has(image.group) && !isLeftOut(image, run.without))
  checkEnough(project.task_type, images)
  const taken: Awaited<ReturnType<typeof takeItem>>[] = []
  for (let at = 0; at < images.length; at += AT_ONCE) {
    const some = images.slice(at, at + AT_ONCE)
    taken.push(...(await Promise.all(some.map((image) => takeItem(parts, dirname(key), project, image)))))
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
      warmStartModel: run.without ? null : (start?.file ?? null),
      scope: run.scope,
      directory: dirname(await storage.localFile(key)),
    },
    dataSetHash: hashDataSet(taken),
    learned: images.map(({ id, revision, contentHash }) => ({ imageId: id, revision, contentHash })),
    annotationChanges: project.annotation_changes,
    start: run.without ? null : start && { id: start.id, base: start.base },
  }
  await storage.write(key, JSON.stringify(frozen))
  return frozen
}

function isLeftOut({ id, annotatedBy }: AnnotatedImage, without: Without | null): boolean {
  if (!without) return false
  return without.imageIds.includes(id) || (annotatedBy !== null && without.userIds.includes(annotatedBy))
}

/** Frees the checkpoint and the request of a run that has ended. */
export async function removeRunFolder({ storage }: Pick<Context, 'storage'>, run: RunRow): Promise<void> {
  await rm(dirname(await storage.localFile(keyOf(run))), { recursive: true, force: true })
}

/** One image as the engine takes it. Marks are copied into the run's folder, so that later corrections change nothing. */
async function takeItem(
  parts: Parts,
  folder: string,
  project: ProjectRow,
  image: AnnotatedImage,
): Promise<{ item: TrainingItem; contentHash: string; answer: string }> {
  const { db, storage } = parts
  const { id, group, value, revision, contentHash } = image
  const annotated = { imageId: id, file: await pictureFile(parts, folder, image), group }
  if (value !== null) return { item: { ...annotated, value }, contentHash, answer: String(value) }
  const { data } = await findRevision(db, id, revision)
  const label = JSON.stringify(withClasses(project.task_type, project.classes, data))
  const key = `${folder}/labels/${id}.json`
  await storage.write(key, label)
  const answer = createHash('sha256').update(label).digest('hex')
  return { item: { ...annotated, labelFile: await storage.localFile(key) }, contentHash, answer }
}

/** Of a picture that the engine does not read, a PNG in the run's folder. */
async function pictureFile(parts: Parts, folder: string, image: AnnotatedImage): Promise<string> {
  if (isReadByEngine(image)) return parts.storage.localFile(image.uri)
  const key = `${folder}/pictures/${image.id}.png`
  const file = await parts.storage.localFile(key)
  await parts.storage.ensureFolder(dirname(key))
  await renderForEngine(parts, image, file)
  return file
}

/** The same images with the same answers give the same hash, whatever order they came in. */
export function hashDataSet(images: readonly { contentHash: string; answer: string }[]): string {
  const lines = images.map(({ contentHash, answer }) => `${contentHash} ${answer}`).sort()
  return createHash('sha256').update(lines.join('\n')).digest('hex')
}
