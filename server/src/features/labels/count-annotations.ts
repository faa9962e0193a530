import type { ProjectId } from '@vesalius/contracts'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../../db/tables.ts'

/**
 * Keeps a project's figures in step with its annotations: how many there are, and how many were ever submitted.
 * The last statement of a transaction, because it locks the project's row.
 */
export async function countAnnotations(
  trx: Transaction<Tables>,
  projectId: ProjectId,
  more: { annotations: number; changes: number },
): Promise<void> {
  await trx
    .updateTable('projects')
    .set({
      annotation_count: sql`annotation_count + ${more.annotations}::integer`,
      annotation_changes: sql`annotation_changes + ${more.changes}::integer`,
    })
    .where('id', '=', projectId)
    .execute()
}
