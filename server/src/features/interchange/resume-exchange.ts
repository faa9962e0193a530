import type { Context } from '../../context.ts'

/** Exports, imports of annotations and comparisons under way that have no job get it again. */
export async function resumeExchange({ db, jobs }: Pick<Context, 'db' | 'jobs'>): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const exports = await trx.selectFrom('exports').select('id').where('state', 'in', ['pending', 'running']).execute()
    await jobs.enqueueMissing(
      trx,
      'export-annotations',
      exports.map(({ id }) => ({ key: id, payload: { exportId: id } })),
    )
    const imports = await trx
      .selectFrom('annotation_imports')
      .select(['id', 'state'])
      .where('state', 'in', ['reading', 'writing'])
      .execute()
    const keyedOf = (state: string) =>
      imports.filter((row) => row.state === state).map(({ id }) => ({ key: id, payload: { importId: id } }))
    await jobs.enqueueMissing(trx, 'read-annotations', keyedOf('reading'))
    await jobs.enqueueMissing(trx, 'write-annotations', keyedOf('writing'))
  })
}
