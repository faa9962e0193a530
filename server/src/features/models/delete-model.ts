import { AppError } from '@vesalius/contracts'
import type { Context } from '../../context.ts'
import type { ModelVersionRow } from '../../db/tables.ts'

/** Removes a version with its guesses and files for good. Throws CONFLICT for one that is needed. */
export async function deleteModel(
  { db, storage, events }: Pick<Context, 'db' | 'storage' | 'events'>,
  model: ModelVersionRow,
): Promise<void> {
  const forgetNote = await storage.notes.add('files', { imageId: null, keys: [model.uri] })
  try {
    await db.transaction().execute(async (trx) => {
      const project = await trx
        .selectFrom('projects')
        .select(['serving_model_id', 'algorithm'])
        .where('id', '=', model.project_id)
        .forUpdate()
        .executeTakeFirstOrThrow()
      if (project.serving_model_id === model.id) {
        throw new AppError('CONFLICT', 'This version makes the guesses. Let another one do so first.')
      }
      if (project.algorithm.modelUri === model.uri) {
        throw new AppError('CONFLICT', 'Trainings go on from this model. Change that in the settings first.')
      }
      await trx.deleteFrom('model_versions').where('id', '=', model.id).execute()
    })
  } catch (error) {
    await forgetNote()
    throw error
  }
  await storage.remove(model.uri)
  await forgetNote()
  events.publish(model.project_id, { kind: 'model', projectId: model.project_id, modelVersionId: model.id })
}
