import { AppError } from '@vesalius/contracts'
import { sql, type Transaction } from 'kysely'
import type { ProjectRow, Tables } from '../../db/tables.ts'

/** How a change of an image changes the figures of its project. */
export interface CountedAnnotations {
  annotations: number
  /** Submitted, whatever they replace. */
  changes: number
}

/**
 * Keeps a project's figures in step with its annotations: how many there are, and how many were ever submitted.
 * The last statement of a transaction, because it locks the project's row: all who annotate there wait for it. `project` is the row by which the label was
 * checked; throws LABEL_MISMATCH when its classes are other ones since.
 */
export async function countAnnotations(
  trx: Transaction<Tables>,
  project: Pick<ProjectRow, 'id' | 'class_scheme'>,
  more: CountedAnnotations,
): Promise<void> {
  const { class_pending, class_scheme, class_history } = await trx
    .updateTable('projects')
    .set({
      annotation_count: sql`annotation_count + ${more.annotations}::integer`,
      annotation_changes: sql`annotation_changes + ${more.changes}::integer`,
    })
    .where('id', '=', project.id)
    .returning(['class_pending', 'class_scheme', 'class_history'])
    .executeTakeFirstOrThrow()
  const to = class_history[project.class_scheme]?.to
  // While images are being carried over, this one is too.
  const isTooLate = class_pending === null && class_scheme > project.class_scheme
  if (isTooLate && to?.some((now, place) => now !== place)) {
    throw new AppError('LABEL_MISMATCH', 'The classes of the project were changed meanwhile. Look at the image again.')
  }
}
