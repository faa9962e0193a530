import { createHash } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { TrainingItem, TrainingRequest } from '@vesalius/engine/runner'
import type { Context } from '../../context.ts'
import type { ProjectRow, RunRow } from '../../db/tables.ts'
import { withClasses } from '../labels/label-classes.ts'
import { findRevision } from '../labels/labels.queries.ts'
import { type AnnotatedImage, findAnnotatedImages } from './training.queries.ts'

/** What a run learns from, frozen at its first start so that a resumed run sees the same data. */
export interface FrozenRun {
  request: TrainingRequest
  dataSetHash: string
  annotationChanges: number
}

const keyOf = (run: RunRow) => `projects/${run.project_id}/runs/${run.id}/request.json`

export async function freezeRun(
  { db, storage }: Pick<Context, 'db' | 'storage'>,
  project: ProjectRow,
  run: RunRow,
  warmStartModel: string | null,
): Promise<FrozenRun> {
  const key = keyOf(run)
  if ((await storage.size(key)) !== null) return JSON.parse((await storage.read(key)).toString('utf8')) as FrozenRun
  const images = await findAnnotatedImages(db, project)
  const taken = await Promise.all(images.map((image) => takeItem({ db, storage }, dirname(key), project, image)))
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
      warmStartModel,
      directory: dirname(await storage.localFile(key)),
    },
    dataSetHash: hashDataSet(taken),
    annotationChanges: project.annotation_changes,
  }
  await storage.write(key, JSON.stringify(frozen))
  return frozen
}

/** Frees the checkpoint and the request of a run that has ended. */
export async function removeRunFolder({ storage }: Pick<Context, 'storage'>, run: RunRow): Promise<void> {
  await rm(dirname(await storage.localFile(keyOf(run))), { recursive: true, force: true })
}

/** One image as the engine takes it. Marks are copied into the run's folder, so that later corrections change nothing. */
async function takeItem(
  { db, storage }: Pick<Context, 'db' | 'storage'>,
  folder: string,
  project: ProjectRow,
  { id, uri, group, value, revision, contentHash }: AnnotatedImage,
): Promise<{ item: TrainingItem; contentHash: string; answer: string }> {
  const annotated = { imageId: id, file: await storage.localFile(uri), group }
  if (value !== null) return { item: { ...annotated, value }, contentHash, answer: String(value) }
  const { data } = await findRevision(db, id, revision)
  const label = JSON.stringify(withClasses(project.task_type, project.classes, data))
  const key = `${folder}/labels/${id}.json`
  await storage.write(key, label)
  const answer = createHash('sha256').update(label).digest('hex')
  return { item: { ...annotated, labelFile: await storage.localFile(key) }, contentHash, answer }
}

/** The same images with the same answers give the same hash, whatever order they came in. */
export function hashDataSet(images: readonly { contentHash: string; answer: string }[]): string {
  const lines = images.map(({ contentHash, answer }) => `${contentHash} ${answer}`).sort()
  return createHash('sha256').update(lines.join('\n')).digest('hex')
}
