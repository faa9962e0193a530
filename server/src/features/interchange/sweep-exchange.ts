import type { ExportId } from '@vesalius/contracts'
import type { Context } from '../../context.ts'

type Parts = Pick<Context, 'db' | 'storage'>

/** Files of imports come before their row. */
const GRACE_MS = 60 * 60_000
const EXPORTS = 'exports/'
const IMPORTS = 'annotation-imports/'

export interface ExchangeOrphans {
  /** Files of exports and imports of annotations that no row knows, as keys. */
  files: string[]
  /** Finished exports whose file is gone. */
  exports: { id: ExportId; uri: string }[]
}

/** Compares exports and imports of annotations with their files, both ways. Looks at files older than `before` only. */
export async function findExchangeOrphans({ db, storage }: Parts, before = Date.now()): Promise<ExchangeOrphans> {
  const rows = await db.selectFrom('exports').select(['id', 'uri', 'state']).execute()
  const imports = await db.selectFrom('annotation_imports').select('id').execute()
  const known = new Set<string>([...rows.map(({ uri }) => uri), ...imports.map(({ id }) => id)])
  const files: string[] = []
  const there = new Set<string>()
  for await (const { key, changedAt } of storage.list(EXPORTS)) {
    there.add(key)
    if (!known.has(key) && changedAt <= before) files.push(key)
  }
  for await (const { key, changedAt } of storage.list(IMPORTS)) {
    if (!known.has(key.split('/')[1] ?? '') && changedAt <= before) files.push(key)
  }
  return { files, exports: rows.filter(({ state, uri }) => state === 'succeeded' && !there.has(uri)) }
}

/**
 * Removes files of exports and imports whose rows went with their project, their person or a killed process, and
 * forgets exports whose file is gone. Answers how many of both.
 */
export async function sweepExchange(parts: Parts, before = Date.now() - GRACE_MS): Promise<number> {
  const { files, exports } = await findExchangeOrphans(parts, before)
  for (const key of files) await parts.storage.remove(key)
  const folders = new Set(files.filter((key) => key.startsWith(IMPORTS)).map((key) => key.replace(/[^/]+$/, '')))
  for (const folder of folders) if (await isEmpty(parts.storage, folder)) await parts.storage.removeFolder(folder)
  for (const { id } of exports) await parts.db.deleteFrom('exports').where('id', '=', id).execute()
  return files.length + exports.length
}

/** Of a project: what goes with it. */
export async function findExchangeKeys({ db, storage }: Parts, projectId: string): Promise<string[]> {
  const exports = await db
    .selectFrom('exports')
    .select('uri')
    .where('project_id', '=', projectId as never)
    .execute()
  const imports = await db
    .selectFrom('annotation_imports')
    .select('id')
    .where('project_id', '=', projectId as never)
    .execute()
  const inside: string[] = []
  for (const { id } of imports) {
    for await (const { key } of storage.list(`${IMPORTS}${id}/`)) inside.push(key)
  }
  return [...exports.map(({ uri }) => uri), ...inside]
}

async function isEmpty(storage: Parts['storage'], folder: string): Promise<boolean> {
  for await (const _ of storage.list(folder)) return false
  return true
}
