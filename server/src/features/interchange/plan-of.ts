import type { Context } from '../../context.ts'
import type { AnnotationImportRow, ProjectRow } from '../../db/tables.ts'
import { type ClassPlan, planClasses } from './choose-classes.ts'
import type { ReadSummary } from './format-task.ts'
import { readKeys } from './import-files.ts'

export async function readSummary(
  { storage }: Pick<Context, 'storage'>,
  row: AnnotationImportRow,
): Promise<ReadSummary> {
  return JSON.parse((await storage.read(readKeys(row.id).summary)).toString('utf8')) as ReadSummary
}

/** What becomes of the files' classes under the import's choices. */
export async function planOf(
  parts: Pick<Context, 'storage'>,
  row: AnnotationImportRow,
  project: ProjectRow,
): Promise<ClassPlan> {
  return planClasses((await readSummary(parts, row)).classes, project.classes, row.choices)
}
