import { createHash } from 'node:crypto'
import {
  AppError,
  type ImportProblem,
  isBoxLabel,
  isMaskLabel,
  type LabelData,
  type ModelVersionId,
  readClassAnswer,
} from '@vesalius/contracts'
import type { Context } from '../../context.ts'
import { json } from '../../db/json.ts'
import type { AnnotationImportRow, ProjectRow } from '../../db/tables.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { newId } from '../../ids.ts'
import type { JobHandler } from '../../jobs/jobs.ts'
import { findActingUser } from '../accounts/acting-user.ts'
import { submitLabel } from '../labels/labels.service.ts'
import type { Guess } from '../predictions/guess.ts'
import { storeOutsideGuess } from '../predictions/prelabel-image.ts'
import { updateProject } from '../projects/projects.service.ts'
import { nextModelNumber } from '../training/training.queries.ts'
import { removeFiles } from './import-files.ts'
import { changeImport, findImport } from './imports.queries.ts'
import { type Judging, judgeImport, type Verdict } from './judge-import.ts'
import { planOf } from './plan-of.ts'
import { asWorkProblem, problemOf } from './problem.ts'
import { slowly } from './slowly.ts'

type Parts = Pick<Context, 'db' | 'storage' | 'events' | 'log'>

/**
 * Labels images that are there already, each as if the importing person had submitted it, or as a model's guess. Cut
 * off on the way it goes on: what it wrote before says then what the files say.
 */
export function writeAnnotationsHandler(parts: Parts): JobHandler<'write-annotations'> {
  return async ({ payload: { importId }, signal, isLastTry }) => {
    const row = await findImport(parts.db, importId)
    if (row?.state !== 'writing') return
    try {
      const { report } = await writeAll(parts, row, signal)
      await changeImport(parts.db, importId, 'writing', { state: 'done', report })
      await removeFiles(parts, row)
    } catch (error) {
      if (!(error instanceof AppError) && (!isLastTry || signal.aborted)) throw error
      await changeImport(parts.db, importId, 'writing', { state: 'failed', problem: asWorkProblem(parts, error) })
    }
  }
}

async function writeAll(parts: Parts, row: AnnotationImportRow, signal: AbortSignal) {
  const { db } = parts
  const user = await requireUser(parts, row)
  const project = await addClasses(parts, row)
  const take: Judging['take'] =
    row.choices.content === 'guesses'
      ? takeAsGuess(parts, project, await outsideModel(parts, project, row))
      : (verdict) => takeAsAnnotation(parts, user, project, verdict)
  const tell = slowly((progress: { done: number; total: number }) => changeImport(db, row.id, 'writing', { progress }))
  return judgeImport(parts, {
    row,
    project,
    choices: row.choices,
    take: async (verdict) => {
      signal.throwIfAborted()
      return take(verdict)
    },
    onProgress: (done, total) => tell({ done, total }),
  })
}

async function requireUser({ db }: Parts, { user_id }: AnnotationImportRow): Promise<SignedIn> {
  const user = await findActingUser(db, user_id)
  if (!user) throw new AppError('NOT_FOUND', 'The account that began the import is gone.')
  return user
}

async function addClasses({ db, storage, events }: Parts, row: AnnotationImportRow): Promise<ProjectRow> {
  const find = () => db.selectFrom('projects').selectAll().where('id', '=', row.project_id).executeTakeFirstOrThrow()
  const project = await find()
  const { added, classes } = await planOf({ storage }, row, project)
  if (added.length === 0) return project
  await updateProject(db, project, { classes })
  events.publish(project.id, { kind: 'project', projectId: project.id })
  return find()
}

async function takeAsAnnotation(
  parts: Parts,
  user: SignedIn,
  project: ProjectRow,
  { image, data, current }: Verdict,
): Promise<ImportProblem | null> {
  try {
    const isCurrent = (revision: number) => revision === current.revision
    await submitLabel(parts, {
      user,
      imageId: image.id,
      label: { type: project.task_type, data },
      isCurrent,
      isFinal: true,
    })
    return null
  } catch (error) {
    if (error instanceof AppError) return problemOf(error, image.name)
    throw error
  }
}

/** Guesses need a model version that made them: this one has no weights, only the name of the files. */
async function outsideModel({ db, storage }: Parts, project: ProjectRow, row: AnnotationImportRow) {
  const uri = `projects/${project.id}/guesses/${row.id}.json`
  const found = await db.selectFrom('model_versions').select('id').where('uri', '=', uri).executeTakeFirst()
  if (found) return found.id
  const facts = JSON.stringify({ format: row.format, files: row.files, importedAt: row.created_at })
  await storage.write(uri, facts)
  const id = newId<ModelVersionId>()
  await db.transaction().execute(async (trx) => {
    await trx
      .insertInto('model_versions')
      .values({
        id,
        project_id: project.id,
        run_id: null,
        number: await nextModelNumber(trx, project.id),
        state: 'retired',
        classes: json(project.classes),
        class_scheme: project.class_scheme,
        metrics: null,
        lineage: null,
        imported: json({
          fileName: row.files.join(', ').slice(0, 200),
          canPredict: false,
          canLearn: false,
          backbone: null,
        }),
        uri,
        byte_size: Buffer.byteLength(facts),
        sha256: createHash('sha256').update(facts).digest('hex'),
      })
      .execute()
  })
  return id
}

function takeAsGuess(parts: Parts, { class_scheme }: ProjectRow, modelVersionId: ModelVersionId) {
  return async ({ image, data }: Verdict): Promise<ImportProblem | null> => {
    try {
      await storeOutsideGuess(parts, image.id, { ...asGuess(modelVersionId, data), classScheme: class_scheme })
      return null
    } catch (error) {
      if (error instanceof AppError) return problemOf(error, image.name)
      throw error
    }
  }
}

/** Marks without a score count as sure. */
function asGuess(modelVersionId: ModelVersionId, data: LabelData): Omit<Guess, 'classScheme'> {
  const made = { modelVersionId, data, latencyMs: 0 }
  const marks = isBoxLabel(data) ? data.boxes : isMaskLabel(data) ? data.masks : null
  if (marks) {
    const score = marks.reduce((least, mark) => Math.min(least, mark.score ?? 1), 1)
    return { ...made, value: null, marks: marks.length, score }
  }
  const answer = readClassAnswer(data)
  const value = answer?.value ?? null
  return { ...made, value, marks: null, score: value === null ? 0 : (answer?.weights[value] ?? 1) }
}
