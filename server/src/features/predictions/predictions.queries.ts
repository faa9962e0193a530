import type { ImageId, ModelVersionId, ProjectId } from '@vesalius/contracts'
import { type Selectable, sql, type Transaction } from 'kysely'
import type { Db } from '../../db/database.ts'
import { json } from '../../db/json.ts'
import type { PredictionsTable } from '../../db/tables/models.ts'
import type { ModelVersionRow, Tables } from '../../db/tables.ts'
import type { Guess } from './guess.ts'

const MAXIMUM_LISTED = 1000

export async function findPredictions(db: Db, imageId: ImageId): Promise<Selectable<PredictionsTable>[]> {
  return db
    .selectFrom('predictions')
    .selectAll()
    .where('image_id', '=', imageId)
    .orderBy('created_at', 'desc')
    .orderBy('model_version_id', 'desc')
    .limit(MAXIMUM_LISTED)
    .execute()
}

export async function findModel(db: Db, modelId: ModelVersionId): Promise<ModelVersionRow | undefined> {
  return db.selectFrom('model_versions').selectAll().where('id', '=', modelId).executeTakeFirst()
}

/** One prediction per image and model version: asking again replaces what the same version said. */
export async function savePrediction(trx: Transaction<Tables>, imageId: ImageId, guess: Guess): Promise<void> {
  const said = {
    class_scheme: guess.classScheme,
    data: json(guess.data),
    score: guess.score,
    latency_ms: guess.latencyMs,
  }
  await trx
    .insertInto('predictions')
    .values({ image_id: imageId, model_version_id: guess.modelVersionId, ...said })
    .onConflict((conflict) =>
      conflict.columns(['image_id', 'model_version_id']).doUpdateSet({ ...said, created_at: sql`clock_timestamp()` }),
    )
    .execute()
}

/** Images of a project that nobody annotated, in the order of ids. */
export async function findUnannotated(
  db: Db,
  page: { projectId: ProjectId; after: ImageId | null; limit: number },
): Promise<ImageId[]> {
  let query = db
    .selectFrom('images')
    .select('id')
    .where('project_id', '=', page.projectId)
    .where('annotated_at', 'is', null)
    .where(sql<boolean>`state <> 'DELETED'`)
    .where(sql<boolean>`state <> 'FROZEN'`)
    .orderBy('id')
    .limit(page.limit)
  if (page.after) query = query.where('id', '>', page.after)
  return (await query.execute()).map((row) => row.id)
}

/** Images that wait for their first look and have met no problem, in the order of ids. */
export async function findWaiting(db: Db, page: { after: ImageId | null; limit: number }): Promise<ImageId[]> {
  let query = db
    .selectFrom('images')
    .select('id')
    .where(sql<boolean>`state = 'TO_LABEL'`)
    .where('problem', 'is', null)
    .orderBy('id')
    .limit(page.limit)
  if (page.after) query = query.where('id', '>', page.after)
  return (await query.execute()).map((row) => row.id)
}
