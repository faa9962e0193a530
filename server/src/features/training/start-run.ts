import {
  AppError,
  type ImageType,
  isClassification,
  isLearnable,
  type Run,
  type RunId,
  type RunProgress,
  type TrainingScope,
  type UserId,
  type Without,
} from '@vesalius/contracts'
import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import { json } from '../../db/json.ts'
import type { ProjectRow } from '../../db/tables.ts'
import { newId } from '../../ids.ts'
import { holderOf, refuseBeyondRuns } from '../quotas/quota.ts'
import { trainsElsewhere } from '../remote/remote-server.ts'
import { jobOf } from './hold-run.ts'
import { presentRun } from './present.ts'
import { type AnnotatedImage, findAnnotatedImages } from './training.queries.ts'

export const WAITING: RunProgress = {
  phase: 'waiting',
  fraction: 0,
  epoch: 0,
  epochs: 0,
  step: 0,
  loss: null,
  imagesPerSecond: null,
  secondsLeft: null,
}

const MINIMUM_PER_CLASS = 2
const MINIMUM_MARKED = 4

/** Asks for a training. The row and its job commit together; of one project only one run is under way. */
export async function startRun(
  { db, jobs, events }: Pick<Context, 'db' | 'jobs' | 'events'>,
  project: ProjectRow,
  request: {
    trigger: Run['trigger']
    userId: UserId | null
    budgetMinutes?: number | undefined
    scope?: TrainingScope | undefined
    without?: Without | undefined
  },
): Promise<Run> {
  if (!isLearnable(project.task_type)) {
    throw new AppError('TASK_TYPE_UNSUPPORTED', 'Images of this task type have nothing to learn.')
  }
  const scope = request.scope ?? project.algorithm.trainingScope ?? 'whole'
  if (scope === 'head' && !isClassification(project.task_type)) {
    throw new AppError('VALIDATION_FAILED', 'The last layer alone can be learnt in classification projects only.')
  }
  checkEnough(project.task_type, await findAnnotatedImages(db, project))
  const runId = newId<RunId>()
  const place = (await trainsElsewhere(db, project)) ? 'elsewhere' : 'here'
  const row = await db
    .transaction()
    .execute(async (trx) => {
      await refuseBeyondRuns(trx, holderOf(project))
      const inserted = await trx
        .insertInto('runs')
        .values({
          id: runId,
          project_id: project.id,
          kind: 'training',
          trigger: request.trigger,
          scope,
          place,
          state: 'pending',
          budget_minutes: request.budgetMinutes ?? project.algorithm.budgetMinutes,
          progress: json(WAITING),
          metrics: null,
          error: null,
          model_version_id: null,
          image_count: null,
          data_set_hash: null,
          created_by: request.userId,
          without: request.without ? json(request.without) : null,
          started_at: null,
          finished_at: null,
        })
        .returningAll()
        .executeTakeFirstOrThrow()
      await trx.updateTable('projects').set({ last_training_at: sql`now()` }).where('id', '=', project.id).execute()
      await jobs.enqueue(trx, jobOf(place), { runId, projectId: project.id }, { key: runId })
      return inserted
    })
    .catch((error: { code?: string }) => {
      if (error.code !== '23505') throw error
      throw new AppError('RUN_ALREADY_ACTIVE', 'A training of this project is under way. Wait for it or cancel it.')
    })
  const run = presentRun(row)
  events.publish(project.id, { kind: 'run', run })
  return run
}

/** The least that can be learnt from and checked: two classes with two images each, or some images with marks. */
export function checkEnough(taskType: ImageType, images: AnnotatedImage[]): void {
  if (isClassification(taskType)) checkClasses(images)
  else checkMarked(images)
}

function checkClasses(images: AnnotatedImage[]): void {
  const counts = new Map<number, number>()
  for (const { value } of images) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1)
  const ready = [...counts.values()].filter((count) => count >= MINIMUM_PER_CLASS).length
  if (ready >= 2) return
  throw new AppError(
    'NOT_ENOUGH_ANNOTATIONS',
    `Training needs at least two classes with ${MINIMUM_PER_CLASS} annotated images each; so far ${ready} of them.`,
  )
}

function checkMarked(images: AnnotatedImage[]): void {
  const marked = images.filter(({ marks }) => (marks ?? 0) > 0).length
  if (marked >= MINIMUM_MARKED) return
  throw new AppError(
    'NOT_ENOUGH_ANNOTATIONS',
    `Training needs at least ${MINIMUM_MARKED} images with marks; so far ${marked}.`,
  )
}
