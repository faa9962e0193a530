import { isClassification, type ModelVersionId } from '@vesalius/contracts'
import type { Context } from '../../context.ts'
import type { ModelVersionRow, ProjectRow } from '../../db/tables.ts'
import { findModel } from '../predictions/predictions.queries.ts'
import { findModelByUri } from './training.queries.ts'

/** What a training starts from. */
export interface TrainingStart {
  id: ModelVersionId
  file: string
  /** Of a network of another program that stays as it is, its `uri`; null: a network of this engine. */
  base: string | null
}

/**
 * The model to go on from: the serving one when it rests on the network that the settings name, or on none as they do;
 * else the one they name. Null: a training starts from nothing.
 */
export async function findParent(
  { db, storage }: Pick<Context, 'db' | 'storage'>,
  project: ProjectRow,
): Promise<TrainingStart | null> {
  const { serving_model_id: servingId, algorithm } = project
  const named = algorithm.modelUri ? await findModelByUri(db, project.id, algorithm.modelUri) : undefined
  const serving = servingId ? await findModel(db, servingId) : undefined
  const base = named ? baseOf(project, named) : null
  const parent = serving && baseOf(project, serving) === base ? serving : named
  return parent ? { id: parent.id, file: await storage.localFile(parent.uri), base } : null
}

function baseOf({ task_type: taskType }: ProjectRow, { imported, lineage, uri }: ModelVersionRow): string | null {
  if (!imported) return lineage?.base ?? null
  return isClassification(taskType) && imported.backbone === null ? uri : null
}
