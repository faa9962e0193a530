import { AppError } from '@vesalius/contracts'
import { sql, type Transaction } from 'kysely'
import type { ProjectRow, Tables } from '../../db/tables.ts'

/**
 * Keeps a project's figures in step with its annotations: how many there are, and how many were ever submitted.
 * The last statement of a transaction, because it locks the project's row. `project` is the row by which the label was
 * checked; throws LABEL_MISMATCH when a class of it is gone since.
 */
export async function countAnnotations(
  trx: Transaction<Tables>,
  project: Pick<ProjectRow, 'id' | 'classes'>,
  more: { annotations: number; changes: number },
): Promise<void> {
  const { classes } = await trx
    .updateTable('projects')
    .set({
      annotation_count: sql`annotation_count + ${more.annotations}::integer`,
      annotation_changes: sql`annotation_changes + ${more.changes}::integer`,
    })
    .where('id', '=', project.id)
    .returning('classes')
    .executeTakeFirstOrThrow()
  if (classes.length < project.classes.length) {
    throw new AppError('LABEL_MISMATCH', 'A class of the project was removed meanwhile. Look at the image again.')
  }
}
