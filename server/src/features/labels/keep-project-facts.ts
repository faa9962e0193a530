import type { ProjectId } from '@vesalius/contracts'
import type { Context } from '../../context.ts'
import { repairLabelFile } from './repair-label-files.ts'

/**
 * After a change of a project's own facts (name, classes, settings, bin): writes the label file of one of its images
 * anew. Of all files of a project the one with the newest facts counts when the database is rebuilt, so one is enough.
 */
export async function keepProjectFacts(
  { db, storage }: Pick<Context, 'db' | 'storage'>,
  projectId: ProjectId,
): Promise<void> {
  const image = await db
    .selectFrom('images')
    .select('id')
    .where('project_id', '=', projectId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (image) await repairLabelFile({ db, storage }, image.id, { isRowRight: true })
}
