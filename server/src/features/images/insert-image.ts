import type { Transaction } from 'kysely'
import { integers, json } from '../../db/json.ts'
import type { ImageRow, Tables } from '../../db/tables.ts'

/** Adds whole rows in one statement; a new image has no problem yet, and nobody skipped it. */
export async function insertImages(trx: Transaction<Tables>, rows: readonly ImageRow[]): Promise<void> {
  await trx
    .insertInto('images')
    .values(
      rows.map((row) => ({
        ...row,
        problem: null,
        skip: null,
        label_classes: integers(row.label_classes),
        spacing: row.spacing && json(row.spacing),
        deidentification: row.deidentification && json(row.deidentification),
      })),
    )
    .execute()
}
