import { readdir, rm, rmdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Context } from '../../context.ts'
import type { Db } from '../../db/database.ts'

type Parts = Pick<Context, 'db' | 'config'>

/** Files of imports come before their row. */
const GRACE_MS = 60 * 60_000

export interface ExchangeOrphans {
  /** Files of exports and imports of annotations that no row knows, as keys. */
  files: string[]
  /** Finished exports whose file is gone. */
  exports: { id: string; uri: string }[]
}

/** Compares exports and imports of annotations with their files, both ways. Looks at files older than `before` only. */
export async function findExchangeOrphans({ db, config }: Parts, before = Date.now()): Promise<ExchangeOrphans> {
  const { dataDirectory } = config
  const rows = await db.selectFrom('exports').select(['id', 'uri', 'state']).execute()
  const imports = await db.selectFrom('annotation_imports').select('id').execute()
  const known = new Set<string>([...rows.map(({ uri }) => uri), ...imports.map(({ id }) => `annotation-imports/${id}`)])
  const archives = await listOld(dataDirectory, 'exports', before)
  const folders = await listOld(dataDirectory, 'annotation-imports', before)
  const lost = folders.filter((folder) => !known.has(folder))
  const inside = await Promise.all(lost.map((folder) => listOld(dataDirectory, folder, Number.POSITIVE_INFINITY)))
  const there = new Set(await listOld(dataDirectory, 'exports', Number.POSITIVE_INFINITY))
  return {
    files: [...archives.filter((key) => !known.has(key)), ...inside.flat()],
    exports: rows.filter(({ state, uri }) => state === 'succeeded' && !there.has(uri)),
  }
}

/**
 * Removes files of exports and imports whose rows went with their project, their person or a killed process, and
 * forgets exports whose file is gone. Answers how many of both.
 */
export async function sweepExchange(parts: Parts, before = Date.now() - GRACE_MS): Promise<number> {
  const { files, exports } = await findExchangeOrphans(parts, before)
  for (const key of files) {
    const path = join(parts.config.dataDirectory, key)
    await rm(path, { force: true })
    // A folder that still holds something stays.
    if (key.startsWith('annotation-imports/')) await rmdir(dirname(path)).catch(() => {})
  }
  for (const { id } of exports)
    await parts.db
      .deleteFrom('exports')
      .where('id', '=', id as never)
      .execute()
  return files.length + exports.length
}

/** Of a project: what goes with it. */
export async function findExchangeKeys(db: Db, dataDirectory: string, projectId: string): Promise<string[]> {
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
  const inside = await Promise.all(
    imports.map(({ id }) => listOld(dataDirectory, `annotation-imports/${id}`, Number.POSITIVE_INFINITY)),
  )
  return [...exports.map(({ uri }) => uri), ...inside.flat()]
}

async function listOld(dataDirectory: string, folder: string, before: number): Promise<string[]> {
  const names = await readdir(join(dataDirectory, folder)).catch(() => [])
  const keys = names.sort().map((name) => `${folder}/${name}`)
  if (before === Number.POSITIVE_INFINITY) return keys
  const ages = await Promise.all(
    keys.map((key) =>
      stat(join(dataDirectory, key)).then(
        ({ mtimeMs }) => mtimeMs,
        () => Number.POSITIVE_INFINITY,
      ),
    ),
  )
  return keys.filter((_, at) => (ages[at] as number) <= before)
}
