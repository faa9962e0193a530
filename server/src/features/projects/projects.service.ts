import {
  type Access,
  AppError,
  DEFAULT_ALGORITHM,
  type DuplicateChoice,
  type ImageType,
  isBinary,
  isClassification,
  type Project,
  type ProjectCounts,
  type ProjectId,
  TASK_TYPES,
  taskTypeOf,
  type UserId,
} from '@vesalius/contracts'
import { sql } from 'kysely'
import type { Db } from '../../db/database.ts'
import { json } from '../../db/json.ts'
import type { ProjectRow } from '../../db/tables.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { newId } from '../../ids.ts'
import { mayUseProject } from './access.ts'
import { countImages, findUsedClasses, forgetClasses } from './projects.queries.ts'

const MAXIMUM_PROJECTS = 1000

/** Gives an account one project per task type, so that "choose a task type, upload" needs no other step. */
export async function ensureDefaultProjects(db: Db, ownerId: UserId): Promise<void> {
  const rows = TASK_TYPES.map((entry) => ({
    ...newProject({ ownerId, name: entry.name, taskType: entry.imageType, classes: [...entry.defaultClasses] }),
    is_default: true,
  }))
  await db
    .insertInto('projects')
    .values(rows)
    .onConflict((conflict) => conflict.columns(['owner_id', 'task_type']).where('is_default', '=', true).doNothing())
    .execute()
}

export async function createProject(
  db: Db,
  ownerId: UserId,
  input: { name: string; taskType: ImageType; classes?: string[] | undefined; deidentifies: boolean },
): Promise<Project> {
  const entry = taskTypeOf(input.taskType)
  const classes = input.classes ?? [...entry.defaultClasses]
  checkClassCount(input.taskType, classes)
  const { count } = await db
    .selectFrom('projects')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('owner_id', '=', ownerId)
    .executeTakeFirstOrThrow()
  if (count >= MAXIMUM_PROJECTS) throw new AppError('CONFLICT', `An account has at most ${MAXIMUM_PROJECTS} projects.`)
  const row = await db
    .insertInto('projects')
    .values({
      ...newProject({ ownerId, name: input.name, taskType: input.taskType, classes }),
      deidentifies: input.deidentifies,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return presentProject(db, row)
}

/** Renames the project or its classes. A class that a person's label uses cannot go. */
export async function updateProject(
  db: Db,
  project: ProjectRow,
  change: {
    name?: string | undefined
    classes?: string[] | undefined
    deidentifies?: boolean | undefined
    duplicates?: DuplicateChoice | undefined
  },
): Promise<Project> {
  const { name, classes, deidentifies, duplicates } = change
  if (classes) checkClassCount(project.task_type, classes)
  const row = await db.transaction().execute(async (trx) => {
    // Labels are counted in this row before they commit: with the lock, none comes between the check and the change.
    await trx.selectFrom('projects').select('id').where('id', '=', project.id).forUpdate().execute()
    if (classes) await refuseLosingClasses(trx, project.id, classes.length)
    return trx
      .updateTable('projects')
      .set({
        ...(name ? { name } : {}),
        ...(classes ? { classes: json(classes) } : {}),
        ...(deidentifies === undefined ? {} : { deidentifies }),
        ...(duplicates ? { duplicates } : {}),
        updated_at: sql`now()`,
      })
      .where('id', '=', project.id)
      .returningAll()
      .executeTakeFirstOrThrow()
  })
  if (classes && classes.length < project.classes.length) await forgetClasses(db, project.id, classes.length)
  return presentProject(db, row)
}

async function refuseLosingClasses(db: Db, projectId: ProjectId, count: number): Promise<void> {
  const used = await findUsedClasses(db, projectId)
  if (used.some((value) => value >= count)) {
    throw new AppError('CLASSES_IN_USE', 'A class that labels use cannot be removed. Change those labels first.')
  }
}

/** Puts the project in the bin; its default place becomes free again. */
export async function deleteProject(db: Db, project: ProjectRow): Promise<void> {
  await db
    .updateTable('projects')
    .set({ deleted_at: sql`now()`, is_default: false })
    .where('id', '=', project.id)
    .execute()
}

/** Takes a project out of the bin. Throws NOT_FOUND where it is not there, or not the caller's. */
export async function restoreProject(db: Db, user: SignedIn, projectId: ProjectId): Promise<Project> {
  const deleted = await db
    .selectFrom('projects')
    .selectAll()
    .where('id', '=', projectId)
    .where('deleted_at', 'is not', null)
    .executeTakeFirst()
  if (!deleted || !mayUseProject(user, deleted)) {
    throw new AppError('NOT_FOUND', 'There is no such project in the bin.')
  }
  const row = await db
    .updateTable('projects')
    .set({ deleted_at: null, updated_at: sql`now()` })
    .where('id', '=', projectId)
    .returningAll()
    .executeTakeFirstOrThrow()
  return presentProject(db, row)
}

/** As its owner sees it, or somebody with whom images of it were shared. */
export async function presentProject(
  db: Db,
  row: ProjectRow,
  access: Access = 'owner',
  sharedWith?: UserId,
): Promise<Project> {
  const [project] = await presentProjects(db, [row], access, sharedWith)
  if (!project) throw new Error('a project row has no presentation')
  return project
}

export async function presentProjects(
  db: Db,
  rows: ProjectRow[],
  access: Access = 'owner',
  sharedWith?: UserId,
): Promise<Project[]> {
  const counts = await countImages(db, rows, sharedWith)
  return rows.map((row) => present(row, { access, counts: counts.get(row.id) as ProjectCounts }))
}

function present(row: ProjectRow, { access, counts }: Pick<Project, 'access' | 'counts'>): Project {
  return {
    id: row.id,
    name: row.name,
    taskType: row.task_type,
    classes: row.classes,
    ownerId: row.owner_id,
    access,
    isDefault: row.is_default,
    deidentifies: row.deidentifies,
    reviewMode: row.review_mode,
    duplicates: row.duplicates,
    servingModelId: row.serving_model_id,
    counts,
    createdAt: row.created_at.toISOString(),
  }
}

function checkClassCount(taskType: ImageType, classes: string[]): void {
  const problem =
    isBinary(taskType) && classes.length !== 2
      ? 'A binary task has exactly two classes.'
      : isClassification(taskType) && classes.length < 2
        ? 'A classification task has at least two classes.'
        : taskType !== 1000 && classes.length < 1
          ? 'A project has at least one class.'
          : null
  if (problem) throw new AppError('VALIDATION_FAILED', problem)
}

function newProject(input: { ownerId: UserId; name: string; taskType: ImageType; classes: string[] }) {
  return {
    id: newId<ProjectId>(),
    name: input.name,
    task_type: input.taskType,
    classes: json(input.classes),
    algorithm: json(DEFAULT_ALGORITHM),
    owner_id: input.ownerId,
    serving_model_id: null,
    last_training_at: null,
    deleted_at: null,
  }
}
