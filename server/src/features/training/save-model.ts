import type { LineageLabel, ModelVersionId } from '@vesalius/contracts'
import type { TrainingOutcome } from '@vesalius/engine/runner'
import { sql, type Transaction } from 'kysely'
import type { Context } from '../../context.ts'
import { json } from '../../db/json.ts'
import type { ProjectRow, RunRow, Tables } from '../../db/tables.ts'
import { newId } from '../../ids.ts'
import { insertComparison } from '../models/comparisons.ts'
import type { Verdict } from '../models/gate.ts'
import { serveModel } from '../models/serve-model.ts'
import type { FrozenRun } from './run-folder.ts'
import { WAITING } from './start-run.ts'
import { nextModelNumber } from './training.queries.ts'

interface Finished {
  run: RunRow
  project: ProjectRow
  frozen: FrozenRun
  outcome: TrainingOutcome
  verdict: Verdict
  /** The process that worked on the run. */
  holder: string
}

/**
 * Keeps the finished model as a new version that serves or waits, as the gate said. The file is durable before the row
 * names it; one version per run.
 */
export async function saveModel(
  context: Pick<Context, 'db' | 'jobs' | 'storage' | 'events' | 'version'>,
  finished: Finished,
): Promise<void> {
  const { db, jobs, storage, events, version } = context
  const { project, outcome } = finished
  const id = newId<ModelVersionId>()
  const uri = `projects/${project.id}/models/${id}.onnx`
  const forgetNote = await storage.notes.add('files', { imageId: null, keys: [uri] })
  try {
    await storage.adopt(uri, outcome.modelFile)
    await db.transaction().execute((trx) => insertModel(trx, { jobs, version }, finished, { id, uri }))
  } catch (error) {
    await storage.remove(uri)
    throw error
  } finally {
    await forgetNote()
  }
  events.publish(project.id, { kind: 'model', projectId: project.id, modelVersionId: id })
}

async function insertModel(
  trx: Transaction<Tables>,
  { jobs, version }: Pick<Context, 'jobs' | 'version'>,
  finished: Finished,
  { id, uri }: { id: ModelVersionId; uri: string },
): Promise<void> {
  const { run, project, outcome, frozen } = finished
  const number = await nextModelNumber(trx, project.id)
  const decision = await decide(trx, finished)
  await insertVersion(trx, finished, { id, uri, number, codeVersion: version })
  const { comparison, heldOut } = finished.verdict
  const comparisonId =
    comparison && decision.againstId
      ? await insertComparison(trx, {
          projectId: project.id,
          firstId: decision.againstId,
          secondId: id,
          result: comparison,
        })
      : null
  const gate = { ...decision, comparisonId, decidedAt: new Date().toISOString() }
  await trx
    .updateTable('model_versions')
    .set({ gate: json(gate) })
    .where('id', '=', id)
    .execute()
  await trx
    .insertInto('model_labels')
    .values({ model_version_id: id, learned: json(frozen.learned), held_out: json(heldOut.map(lineageOf)) })
    .execute()
  if (decision.isPromoted) {
    await serveModel({ jobs }, trx, { projectId: project.id, modelVersionId: id, number, reason: 'gate', byId: null })
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
}

/** The verdict, unless another model was promoted while the candidate was measured: then it waits. */
async function decide(trx: Transaction<Tables>, { project, verdict }: Finished): Promise<Verdict['decision']> {
  const { decision } = verdict
  const now = await trx
    .selectFrom('projects')
    .select('serving_model_id')
    .where('id', '=', project.id)
    .executeTakeFirstOrThrow()
  if (!decision.isPromoted || now.serving_model_id === decision.againstId) return decision
  return { ...decision, isPromoted: false, reason: 'servingChanged' }
}

function lineageOf({ image }: Verdict['heldOut'][0]): LineageLabel {
  return { imageId: image.id, revision: image.label_revision, contentHash: image.content_hash }
}

async function insertVersion(
  trx: Transaction<Tables>,
  { run, project, frozen, outcome, verdict }: Finished,
  version: { id: ModelVersionId; uri: string; number: number; codeVersion: string },
): Promise<void> {
  await trx
    .insertInto('model_versions')
    .values({
      id: version.id,
      project_id: project.id,
      run_id: run.id,
      number: version.number,
      state: 'candidate',
      classes: json(frozen.request.classes),
      class_scheme: frozen.classScheme ?? 0,
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
        parentId: run.without ? null : (frozen.start?.id ?? null),
        heldOutImages: verdict.heldOut.length,
        without: run.without,
      }),
      imported: null,
      uri: version.uri,
      byte_size: outcome.byteSize,
      sha256: outcome.sha256,
    })
    .execute()
}
