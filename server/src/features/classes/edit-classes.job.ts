import { AppError, type ImageId } from '@vesalius/contracts'
import type { Context } from '../../context.ts'
import type { ClassEditRow } from '../../db/tables.ts'
import type { JobHandler } from '../../jobs/jobs.ts'
import { carryImage } from './carry-image.ts'
import { changeEdit, countAll, countChanged, findBehind, findEdit, findOpenEdits } from './class-edits.queries.ts'

type Parts = Pick<Context, 'db' | 'storage' | 'events' | 'jobs' | 'log'>

const AT_ONCE = 50

/**
 * Carries a change of classes into the images of its project, some at a time. What was carried says so in its row, so a
 * process that takes over goes on where the last one was killed. Between batches other work of the database gets its turn.
 */
export function editClassesHandler(parts: Parts): JobHandler<'edit-classes'> {
  return async ({ payload: { editId }, signal, isLastTry }) => {
    const edit = await findEdit(parts.db, editId)
    if (!edit || edit.state === 'done') return
    try {
      await carryAll(parts, edit, signal)
    } catch (error) {
      if (signal.aborted || !isLastTry) throw error
      parts.log.error({ editId, err: error }, 'a change of classes could not be carried into all labels')
      const message = 'Some labels could not be written. The change goes on at the next start.'
      await changeEdit(parts.db, editId, { state: 'failed', problem: { code: 'INTERNAL', message } })
    }
  }
}

/** Changes on the way that have no job get it again. */
export async function resumeClassEdits({ db, jobs }: Pick<Parts, 'db' | 'jobs'>): Promise<void> {
  const keyed = (await findOpenEdits(db)).map((editId) => ({ key: editId, payload: { editId } }))
  await db.transaction().execute((trx) => jobs.enqueueMissing(trx, 'edit-classes', keyed))
}

async function carryAll(parts: Parts, edit: ClassEditRow, signal: AbortSignal): Promise<void> {
  const { db, events } = parts
  const projectId = edit.project_id
  const total = await countAll(db, projectId)
  let { done } = edit
  await changeEdit(db, edit.id, { state: 'running', total, problem: null })
  do {
    let after: ImageId | null = null
    for (;;) {
      const page: ImageId[] = await findBehind(db, { projectId, scheme: edit.scheme, after, limit: AT_ONCE })
      for (const imageId of page) {
        signal.throwIfAborted()
        await carryImage(parts, edit, imageId).catch(passOverPurged)
      }
      done = Math.min(total, done + page.length)
      if (page.length > 0) await changeEdit(db, edit.id, { done, changed: await countChanged(db, edit.id) })
      after = page.at(-1) ?? null
      if (page.length < AT_ONCE) break
    }
  } while (!(await finish(parts, edit, total)))
  events.publish(projectId, { kind: 'project', projectId })
}

/** False: an image came meanwhile that was made under the classes of before. */
async function finish({ db, jobs }: Parts, edit: ClassEditRow, total: number): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const projectId = edit.project_id
    const project = await trx
      .selectFrom('projects')
      .selectAll()
      .where('id', '=', projectId)
      .forUpdate()
      .executeTakeFirstOrThrow()
    const behind = await findBehind(trx, { projectId, scheme: edit.scheme, after: null, limit: 1 })
    if (behind.length > 0) return false
    await trx.updateTable('projects').set({ class_pending: null }).where('id', '=', projectId).execute()
    await changeEdit(trx, edit.id, { state: 'done', done: total, changed: await countChanged(trx, edit.id) })
    if (project.serving_model_id) await jobs.enqueue(trx, 'prelabel-project', { projectId }, { key: projectId })
    return true
  })
}

function passOverPurged(error: unknown): void {
  if (error instanceof AppError && error.code === 'NOT_FOUND') return
  throw error
}
