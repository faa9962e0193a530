import { AppError, type ClassColour, type ClassMap, type PastClasses } from '@vesalius/contracts'
import { sql, type Transaction } from 'kysely'
import { json } from '../../db/json.ts'
import type { ProjectRow, Tables } from '../../db/tables.ts'
import { extendHistory } from './class-schemes.ts'

/** A history is part of every project that is read: so many numbers it may hold. */
const LONGEST_HISTORY = 200_000

/**
 * Puts new classes in force in the caller's transaction, which holds the project's row: from the commit on everything
 * written before is read through the map. `to`: by place of now, the new place. `isCarried`: what images say of classes in
 * columns has to be carried over by a job. Throws CONFLICT while an earlier change is still being carried over.
 */
export async function switchClasses(
  trx: Transaction<Tables>,
  project: ProjectRow,
  {
    classes,
    to,
    colours,
    history = extendHistory(project, to),
    isCarried = false,
  }: {
    classes: readonly string[]
    to: ClassMap
    colours: readonly ClassColour[]
    history?: PastClasses[]
    isCarried?: boolean
  },
): Promise<number> {
  if (project.class_pending !== null) throw stillCarried()
  if (history.reduce((sum, past) => sum + past.to.length, 0) > LONGEST_HISTORY) {
    throw new AppError('CONFLICT', 'The classes of this project were changed too often. Make a new project of it.')
  }
  const scheme = project.class_scheme + 1
  await trx
    .updateTable('projects')
    .set({
      classes: json([...classes]),
      class_scheme: scheme,
      class_history: json(history),
      class_colours: json([...colours]),
      class_pending: isCarried ? scheme : null,
      updated_at: sql`clock_timestamp()`,
    })
    .where('id', '=', project.id)
    .execute()
  return scheme
}

export function stillCarried(): AppError {
  return new AppError(
    'CONFLICT',
    'The last change of the classes is still being carried into the labels. Wait for its end.',
  )
}
