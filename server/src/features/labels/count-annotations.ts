import { AppError } from '@vesalius/contracts'
import { sql, type Transaction } from 'kysely'
import type { ProjectRow, Tables } from '../../db/tables.ts'

/**
 * Keeps a project's figures in step with its annotations: how many there are, and how many were ever submitted.
 * The last statement of a transaction, because it locks the project's row. `project` is the row by which the label was
 * checked; throws LABEL_MISMATCH when its classes are other ones since.
 */
export async function countAnnotations(
  trx: Transaction<Tables>,
  project: Pick<ProjectRow, 'id' | 'class_scheme'>,
  more: { annotations: number; changes: number },
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
