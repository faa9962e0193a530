import {
  type Algorithm,
  type AlgorithmVersion,
  AppError,
  type Backbone,
  compareSettings,
  isClassification,
  type UserId,
} from '@vesalius/contracts'
import { sql } from 'kysely'
import type { Db } from '../../db/database.ts'
import { json } from '../../db/json.ts'
import type { ProjectRow } from '../../db/tables.ts'
import { nameOf } from '../people/people.queries.ts'
import { findRemoteServer } from '../remote/remote-server.ts'
import { findModelByUri } from '../training/training.queries.ts'
import { requireCron } from './training-times.ts'

const LIST_LIMIT = 100

interface Change {
  algorithm: Algorithm
  authorId: UserId
  restoredFrom?: number
}

/** Saves settings that differ from those in force, and who changed what. Throws VALIDATION_FAILED. */
export async function setAlgorithm(db: Db, project: ProjectRow, change: Change): Promise<Algorithm> {
  const { algorithm } = change
  if (algorithm.strategy === 'remote' && !(await findRemoteServer(db, project.id))) {
    throw new AppError('VALIDATION_FAILED', 'Set up the remote server or worker first, then choose it as the strategy.')
  }
  if (algorithm.trainingScope === 'head' && !isClassification(project.task_type)) {
    throw new AppError('VALIDATION_FAILED', 'The last layer alone can be learnt in classification projects only.')
  }
  if (algorithm.trainingCron) requireCron(algorithm.trainingCron)
  if (algorithm.modelUri !== null) await checkStart(db, project, algorithm.modelUri, algorithm.backbone)
  await db.transaction().execute(async (trx) => {
    const current = await trx
      .selectFrom('projects')
      .select(['algorithm', 'algorithm_version', 'created_at'])
      .where('id', '=', project.id)
      .forUpdate()
      .executeTakeFirstOrThrow()
    const changes = compareSettings(current.algorithm, algorithm)
    if (changes.length === 0) return
    const version = current.algorithm_version + 1
    const first = { version: 0, algorithm: json(current.algorithm), changes: json([]), created_at: current.created_at }
    const next = { version, algorithm: json(algorithm), changes: json(changes), author_id: change.authorId }
    await trx
      .insertInto('algorithm_versions')
      .values([
        ...(version === 1 ? [{ ...first, project_id: project.id, author_id: null, restored_from: null }] : []),
        { ...next, project_id: project.id, restored_from: change.restoredFrom ?? null, created_at: new Date() },
      ])
      .execute()
    await trx
      .updateTable('projects')
      .set({ algorithm: json(algorithm), algorithm_version: version, updated_at: sql`now()` })
      .where('id', '=', project.id)
      .execute()
  })
  return algorithm
}

/** Newest first; empty while nobody changed anything. */
export async function listAlgorithmVersions(db: Db, project: ProjectRow): Promise<AlgorithmVersion[]> {
  const rows = await db
    .selectFrom('algorithm_versions')
    .selectAll()
    .where('project_id', '=', project.id)
    .orderBy('version', 'desc')
    .limit(LIST_LIMIT)
    .execute()
  const authors = rows.flatMap(({ author_id }) => (author_id ? [author_id] : []))
  const names = await nameOf(db, [...new Set(authors)])
  return rows.map((row) => ({
    version: row.version,
    algorithm: row.algorithm,
    changes: row.changes,
    authorName: row.author_id ? (names.get(row.author_id) ?? null) : null,
    restoredFrom: row.restored_from,
    createdAt: row.created_at.toISOString(),
  }))
}

/** Puts an earlier version in force again, checked as if it were new. Throws NOT_FOUND. */
export async function restoreAlgorithm(
  db: Db,
  project: ProjectRow,
  { version, authorId }: { version: number; authorId: UserId },
): Promise<Algorithm> {
  const row = await db
    .selectFrom('algorithm_versions')
    .select('algorithm')
    .where('project_id', '=', project.id)
    .where('version', '=', version)
    .executeTakeFirst()
  if (!row) throw new AppError('NOT_FOUND', 'There is no such version of the settings.')
  return setAlgorithm(db, project, { algorithm: row.algorithm, authorId, restoredFrom: version })
}

/** Trainings can go on from an imported model of the same kind only. */
async function checkStart(db: Db, project: ProjectRow, uri: string, backbone: Backbone): Promise<void> {
  const model = await findModelByUri(db, project.id, uri)
  if (!model?.imported?.canLearn) {
    throw new AppError('VALIDATION_FAILED', 'The project has no imported model under this address to train on from.')
  }
  if (model.imported.backbone && model.imported.backbone !== backbone) {
    throw new AppError('VALIDATION_FAILED', `The model to train on from is a ${model.imported.backbone}. Choose that.`)
  }
}
