import {
  AppError,
  type DuplicateChoice,
  type ImageType,
  newAlgorithm,
  type OrganisationId,
  type Project,
  type ProjectCounts,
  type ProjectId,
  TASK_TYPES,
  taskTypeOf,
  type UserId,
} from '@vesalius/contracts'
import { sql, type Transaction } from 'kysely'
import type { Db } from '../../db/database.ts'
import { json } from '../../db/json.ts'
import type { ProjectRow, Tables } from '../../db/tables.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { newId } from '../../ids.ts'
import { switchClasses } from '../classes/switch-classes.ts'
import { requireDeletedProject, requireInOrganisation, roleOnProject } from './access.ts'
import { checkClassCount } from './class-count.ts'
import { countImages, findUsedClasses, forgetClasses } from './projects.queries.ts'

const MAXIMUM_PROJECTS = 1000
const PAST_CLASSES = 20

/** Gives an account one project per task type, so that "choose a task type, upload" needs no other step. */
export async function ensureDefaultProjects(db: Db, ownerId: UserId): Promise<void> {
  const rows = TASK_TYPES.map((entry) => ({
    ...newProject({
      ownerId,
      organisationId: null,
      name: entry.name,
      taskType: entry.imageType,
      classes: [...entry.defaultClasses],
    }),
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
  user: SignedIn,
  { organisationId, ...input }: NewProject & { organisationId?: OrganisationId | undefined },
): Promise<Project> {
  if (organisationId) requireInOrganisation(user, organisationId, 'manage')
  const row = await insertProject(db, { ownerId: user.id, organisationId: organisationId ?? null }, input)
  return presentProject(db, user, row)
}

export interface NewProject {
  name: string
  taskType: ImageType
  classes?: string[] | undefined
  deidentifies: boolean
}

export async function insertProject(db: Db, owner: Owner, input: NewProject): Promise<ProjectRow> {
  const entry = taskTypeOf(input.taskType)
  const classes = input.classes ?? [...entry.defaultClasses]
  checkClassCount(input.taskType, classes)
  const { count } = await db
    .selectFrom('projects')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('owner_id', '=', owner.ownerId)
    .executeTakeFirstOrThrow()
  if (count >= MAXIMUM_PROJECTS) throw new AppError('CONFLICT', `An account has at most ${MAXIMUM_PROJECTS} projects.`)
  return db
    .insertInto('projects')
    .values({
      ...newProject({ ...owner, name: input.name, taskType: input.taskType, classes }),
      deidentifies: input.deidentifies,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
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
): Promise<ProjectRow> {
  const { name, classes, deidentifies, duplicates } = change
  if (classes) checkClassCount(project.task_type, classes)
  const row = await db.transaction().execute(async (trx) => {
    // Labels are counted in this row before they commit: with the lock, none comes between the check and the change.
    const current = await trx
      .selectFrom('projects')
      .selectAll()
      .where('id', '=', project.id)
      .forUpdate()
      .executeTakeFirstOrThrow()
    if (classes) await refuseLosingClasses(trx, project.id, classes.length)
    if (classes) await renameClasses(trx, current, classes)
    return trx
      .updateTable('projects')
      .set({
        ...(name ? { name } : {}),
        ...(deidentifies === undefined ? {} : { deidentifies }),
        ...(duplicates ? { duplicates } : {}),
        updated_at: sql`now()`,
      })
      .where('id', '=', project.id)
      .returningAll()
      .executeTakeFirstOrThrow()
  })
  if (classes && classes.length < project.classes.length) await forgetClasses(db, project.id, classes.length)
  return row
}

/** Each class stays in its place: some get other names, some are added or taken off at the end. */
async function renameClasses(trx: Transaction<Tables>, project: ProjectRow, classes: string[]): Promise<void> {
  if (JSON.stringify(classes) === JSON.stringify(project.classes)) return
  const to = project.classes.map((_, place) => (place < classes.length ? place : null))
  await switchClasses(trx, project, { classes, to, colours: project.class_colours })
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
    .set({ deleted_at: sql`now()`, updated_at: sql`now()`, is_default: false })
    .where('id', '=', project.id)
    .execute()
}

/** Takes a project out of the bin. Throws NOT_FOUND where it is not there, or not the caller's. */
export async function restoreProject(db: Db, user: SignedIn, projectId: ProjectId): Promise<Project> {
  await requireDeletedProject(db, user, projectId)
  const row = await db
    .updateTable('projects')
    .set({ deleted_at: null, updated_at: sql`now()` })
    .where('id', '=', projectId)
    .returningAll()
    .executeTakeFirstOrThrow()
  return presentProject(db, user, row)
}

/** As this person sees it: a member all of it, others what was shared with them. */
export async function presentProject(db: Db, user: SignedIn, row: ProjectRow): Promise<Project> {
  const [project] = await presentProjects(db, user, [row])
  if (!project) throw new Error('a project row has no presentation')
  return project
}

/** Those of which the person sees all first, in the given order. */
export async function presentProjects(db: Db, user: SignedIn, rows: ProjectRow[]): Promise<Project[]> {
  const isSeen = (row: ProjectRow) => roleOnProject(user, row) !== null
  const [whole, shared] = [rows.filter(isSeen), rows.filter((row) => !isSeen(row))]
  const counts = new Map([...(await countImages(db, whole)), ...(await countImages(db, shared, user.id))])
  return [...whole, ...shared].map((row) =>
    present(row, { access: roleOnProject(user, row) ?? 'editor', counts: counts.get(row.id) as ProjectCounts }),
  )
}

function present(row: ProjectRow, { access, counts }: Pick<Project, 'access' | 'counts'>): Project {
  return {
    id: row.id,
    name: row.name,
    taskType: row.task_type,
    classes: row.classes,
    classScheme: row.class_scheme,
    classColours: row.classes.map((_, place) => row.class_colours[place] ?? null),
    pastClasses: row.class_history.map((past, scheme) => ({ ...past, scheme })).slice(-PAST_CLASSES),
    areClassesMoving: row.class_pending !== null,
    ownerId: row.owner_id,
    organisationId: row.organisation_id,
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

interface Owner {
  ownerId: UserId
  organisationId: OrganisationId | null
}

function newProject(input: Owner & { name: string; taskType: ImageType; classes: string[] }) {
  return {
    id: newId<ProjectId>(),
    name: input.name,
    task_type: input.taskType,
    classes: json(input.classes),
    algorithm: json(newAlgorithm(input.taskType)),
    owner_id: input.ownerId,
    organisation_id: input.organisationId,
    serving_model_id: null,
    last_training_at: null,
    deleted_at: null,
  }
}
