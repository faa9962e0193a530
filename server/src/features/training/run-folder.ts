import { createHash } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { TrainingRequest } from '@vesalius/engine/runner'
import type { Context } from '../../context.ts'
import type { ProjectRow, RunRow } from '../../db/tables.ts'
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
  const images = await findAnnotatedImages(db, project.id)
  const items = await Promise.all(
    images.map(async (image) => ({
      imageId: image.id,
      file: await storage.localFile(image.uri),
      value: image.value,
      group: image.group,
    })),
  )
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
    dataSetHash: hashDataSet(images),
    annotationChanges: project.annotation_changes,
  }
  await storage.write(key, JSON.stringify(frozen))
  return frozen
}

/** Frees the checkpoint and the request of a run that has ended. */
export async function removeRunFolder({ storage }: Pick<Context, 'storage'>, run: RunRow): Promise<void> {
  await rm(dirname(await storage.localFile(keyOf(run))), { recursive: true, force: true })
}

/** The same images with the same answers give the same hash, whatever order they came in. */
export function hashDataSet(images: Pick<AnnotatedImage, 'contentHash' | 'value'>[]): string {
  const lines = images.map((image) => `${image.contentHash} ${image.value}`).sort()
  return createHash('sha256').update(lines.join('\n')).digest('hex')
}
