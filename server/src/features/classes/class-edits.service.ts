import {
  AppError,
  type ClassEdit,
  type ClassEditId,
  type ClassEditPreview,
  type ClassEditRequest,
  type ProjectId,
} from '@vesalius/contracts'
import { sql, type Transaction } from 'kysely'
import type { Context } from '../../context.ts'
import type { Db } from '../../db/database.ts'
import { json } from '../../db/json.ts'
import type { ClassEditRow, ProjectRow, Tables } from '../../db/tables.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { newId } from '../../ids.ts'
import { nameOf } from '../people/people.queries.ts'
import { findEdit, findEdits, findUsedPlaces, presentEdit } from './class-edits.queries.ts'
import { type ClassPlan, coloursOf, planEdit, planUndo } from './plan-edit.ts'
import { judgeModel, previewEdit } from './preview-edit.ts'
import { moveClassFilters } from './saved-class-filters.ts'
import { stillCarried, switchClasses } from './switch-classes.ts'

type Parts = Pick<Context, 'db' | 'jobs' | 'events'>

/** An edit of the classes, or the way back from one. */
export type Asked = { edit: ClassEditRequest } | { undo: ClassEditId }

export async function previewClassEdit(db: Db, project: ProjectRow, asked: Asked): Promise<ClassEditPreview> {
  if (project.class_pending !== null) throw stillCarried()
  return previewEdit(db, project, await planOf(db, project, asked))
}

/**
 * Puts the classes in force at once and has them carried into the labels in the background. Throws IMAGE_FROZEN where the
 * label of a frozen image would change, CONFLICT while an earlier change is under way.
 */
export async function startClassEdit(
  parts: Parts,
  user: SignedIn,
  { projectId, asked }: { projectId: ProjectId; asked: Asked },
): Promise<ClassEdit> {
  const row = await parts.db.transaction().execute(async (trx) => {
    // Whoever submits a label counts it in this row, so that none comes between the look and the change.
    const project = await trx
      .selectFrom('projects')
      .selectAll()
      .where('id', '=', projectId)
      .forUpdate()
      .executeTakeFirstOrThrow()
    if (project.class_pending !== null) throw stillCarried()
    const plan = await planOf(trx, project, asked)
    await refuseFrozen(trx, project, plan)
    await refuseImports(trx, project)
    await retireUnusable(trx, project, plan)
    const { classes, to, colours, history, isCarried } = plan
    const scheme = await switchClasses(trx, project, { classes, to, colours, history, isCarried })
    await moveClassFilters(trx, projectId, to)
    const id = newId<ClassEditId>()
    const inserted = await insertEdit(trx, { id, user, project, plan, scheme })
    if (isCarried) await parts.jobs.enqueue(trx, 'edit-classes', { editId: id }, { key: id })
    return inserted
  })
  parts.events.publish(projectId, { kind: 'project', projectId })
  const authorName = (await nameOf(parts.db, [user.id])).get(user.id) ?? null
  return presentEdit(row, { authorName, newest: row.scheme })
}

export async function listClassEdits(db: Db, project: ProjectRow): Promise<ClassEdit[]> {
  const rows = await findEdits(db, project.id)
  const names = await nameOf(
    db,
    rows.flatMap(({ author_id }) => (author_id ? [author_id] : [])),
  )
  return rows.map((row) =>
    presentEdit(row, {
      authorName: row.author_id ? (names.get(row.author_id) ?? null) : null,
      newest: project.class_scheme,
    }),
  )
}

async function planOf(db: Db, project: ProjectRow, asked: Asked): Promise<ClassPlan> {
  if ('edit' in asked) return planEdit(project, asked.edit)
  const edit = await findEdit(db, asked.undo)
  if (edit?.project_id !== project.id) throw new AppError('NOT_FOUND', 'There is no such change of the classes.')
  return planUndo(project, edit, await findUsedPlaces(db, project))
}

async function insertEdit(
  trx: Transaction<Tables>,
  {
    id,
    user,
    project,
    plan,
    scheme,
  }: { id: ClassEditId; user: SignedIn; project: ProjectRow; plan: ClassPlan; scheme: number },
): Promise<ClassEditRow> {
  return trx
    .insertInto('class_edits')
    .values({
      id,
      project_id: project.id,
      author_id: user.id,
      scheme,
      before: json(project.classes),
      colours_before: json(coloursOf(project)),
      history_before: json(project.class_history),
      after: json(plan.after),
      undoes: plan.undoes?.id ?? null,
      state: plan.isCarried ? 'running' : 'done',
      problem: null,
      finished_at: plan.isCarried ? null : new Date(),
    })
    .returningAll()
    .executeTakeFirstOrThrow()
}

async function refuseFrozen(trx: Transaction<Tables>, project: ProjectRow, plan: ClassPlan): Promise<void> {
  const { frozen } = await previewEdit(trx, project, plan)
  if (frozen === 0) return
  throw new AppError('IMAGE_FROZEN', `The labels of ${frozen} frozen images would change. Unfreeze those images first.`)
}

/** An import has planned its classes already. */
async function refuseImports(trx: Transaction<Tables>, { id }: ProjectRow): Promise<void> {
  const writing = await trx
    .selectFrom('annotation_imports')
    .select('id')
    .where('project_id', '=', id)
    .where('state', '=', 'writing')
    .limit(1)
    .executeTakeFirst()
  if (writing) throw new AppError('CONFLICT', 'Annotations are being imported. Wait for the end of that.')
}

/** A model that can tell no two of the new classes apart guesses no more; another one has to be trained. */
async function retireUnusable(trx: Transaction<Tables>, project: ProjectRow, plan: ClassPlan): Promise<void> {
  const { serving_model_id: servingId } = project
  if (!servingId) return
  const serving = await trx
    .selectFrom('model_versions')
    .select(['id', 'number', 'class_scheme'])
    .where('id', '=', servingId)
    .executeTakeFirst()
  if (!serving || judgeModel(project, plan, serving).isUsable) return
  await trx.updateTable('model_versions').set({ state: 'retired' }).where('id', '=', servingId).execute()
  await trx
    .updateTable('projects')
    .set({ serving_model_id: null, updated_at: sql`clock_timestamp()` })
    .where('id', '=', project.id)
    .execute()
}
