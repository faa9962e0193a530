import { headlineOf, type ModelVersionId } from '@vesalius/contracts'
import type { TrainingOutcome } from '@vesalius/engine/runner'
import { sql, type Transaction } from 'kysely'
import type { Context } from '../../context.ts'
import { json } from '../../db/json.ts'
import type { ProjectRow, RunRow, Tables } from '../../db/tables.ts'
import { newId } from '../../ids.ts'
import type { FrozenRun } from './run-folder.ts'
import { WAITING } from './start-run.ts'
import { nextModelNumber } from './training.queries.ts'

interface Finished {
  run: RunRow
  project: ProjectRow
  frozen: FrozenRun
  outcome: TrainingOutcome
  /** The process that worked on the run. */
  holder: string
}

/**
 * Keeps the finished model as a new version. The file is durable before the row names it; one version per run. The
 * first model of a project looks at every image that nobody annotated; later ones do so when asked.
 */
export async function saveModel(
  context: Pick<Context, 'db' | 'jobs' | 'storage' | 'events' | 'version'>,
  finished: Finished,
): Promise<void> {
  const { db, jobs, storage, events, version } = context
  const { run, project, outcome } = finished
  const id = newId<ModelVersionId>()
  const uri = `projects/${project.id}/models/${id}.onnx`
  await storage.adopt(uri, outcome.modelFile)
  await db.transaction().execute(async (trx) => {
    const state = isFit(outcome) ? 'serving' : 'candidate'
    await insertVersion(trx, finished, { id, uri, state, codeVersion: version })
    if (state === 'serving') {
      await serve(trx, project.id, id)
      if (!project.serving_model_id) {
        await jobs.enqueue(trx, 'prelabel-project', { projectId: project.id }, { key: project.id })
      }
    }
    await trx
      .updateTable('projects')
      .set({ trained_changes: finished.frozen.annotationChanges, updated_at: sql`now()` })
      .where('id', '=', project.id)
      .execute()
    const ended = await trx
      .updateTable('runs')
      .set({
        state: 'succeeded',
        metrics: outcome.metrics ? json(outcome.metrics) : null,
        model_version_id: id,
        progress: json({ ...WAITING, phase: 'done', fraction: 1, epoch: outcome.epochs, epochs: outcome.epochs }),
        finished_at: sql`now()`,
        holder: null,
        held_until: null,
      })
      .where('id', '=', run.id)
      .where('holder', '=', finished.holder)
      .where('state', 'in', ['pending', 'running'])
      .returning('id')
      .executeTakeFirst()
    if (!ended) throw new Error('another process has the run, or it has ended')
  })
  events.publish(project.id, { kind: 'model', projectId: project.id, modelVersionId: id })
}

/** Lets a version make the first guesses; the one before it retires. */
export async function serve(
  trx: Transaction<Tables>,
  projectId: ProjectRow['id'],
  modelVersionId: ModelVersionId,
): Promise<void> {
  // The project's row first: of two promotions at once one waits here for the other.
  await trx.updateTable('projects').set({ serving_model_id: modelVersionId }).where('id', '=', projectId).execute()
  await trx
    .updateTable('model_versions')
    .set({ state: 'retired' })
    .where('project_id', '=', projectId)
    .where('state', '=', 'serving')
    .execute()
  await trx.updateTable('model_versions').set({ state: 'serving' }).where('id', '=', modelVersionId).execute()
}

/** The gate: what a candidate must show before it serves. Today, that it was measured and did not diverge. */
function isFit({ metrics }: TrainingOutcome): boolean {
  if (metrics === null) return true
  const figure = metrics.kind === 'classification' ? metrics.loss : headlineOf(metrics).value
  return figure !== null && Number.isFinite(figure)
}

async function insertVersion(
  trx: Transaction<Tables>,
  { run, project, frozen, outcome }: Finished,
  version: { id: ModelVersionId; uri: string; state: 'serving' | 'candidate'; codeVersion: string },
): Promise<void> {
  await trx
    .insertInto('model_versions')
    .values({
      id: version.id,
      project_id: project.id,
      run_id: run.id,
      number: await nextModelNumber(trx, project.id),
      state: version.state,
      classes: json(frozen.request.classes),
      metrics: outcome.metrics ? json(outcome.metrics) : null,
      lineage: json({
        backbone: frozen.start?.base ? 'imported' : frozen.request.backbone,
        base: frozen.start?.base ?? null,
        scope: run.scope,
        imageSize: outcome.imageSize,
        seed: frozen.request.seed,
        codeVersion: version.codeVersion,
        dataSetHash: frozen.dataSetHash,
        trainingImages: outcome.trainingImages,
        validationImages: outcome.validationImages,
        epochs: outcome.epochs,
        seconds: outcome.seconds,
        parentId: frozen.start?.id ?? null,
      }),
      imported: null,
      uri: version.uri,
      byte_size: outcome.byteSize,
      sha256: outcome.sha256,
    })
    .execute()
}
