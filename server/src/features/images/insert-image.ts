import type { Transaction } from 'kysely'
import { integers, json } from '../../db/json.ts'
import type { ImageRow, Tables } from '../../db/tables.ts'

/** Adds a whole row; a new image has no problem yet. */
export async function insertImage(trx: Transaction<Tables>, row: ImageRow): Promise<void> {
  await trx
    .insertInto('images')
    .values({
      ...row,
      problem: null,
      label_classes: integers(row.label_classes),
      spacing: row.spacing && json(row.spacing),
      deidentification: row.deidentification && json(row.deidentification),
    })
    .execute()
}
