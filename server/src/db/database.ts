import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { Kysely, PGliteDialect, PostgresDialect } from 'kysely'
import pg from 'pg'
import { fromPglite } from 'pg-boss'
import { attributed } from './attributed-dialect.ts'
import { DataFolderLock } from './lock.ts'
import type { Tables } from './tables.ts'

/** The database, embedded or a server: same SQL, same types of values from both. */
export interface Database {
  readonly kind: 'embedded' | 'server'
  readonly db: Kysely<Tables>
  /** How the job queue reaches the same database. */
  readonly queue: { db: ReturnType<typeof fromPglite>; backend?: 'pglite' } | { connectionString: string }
  close(): Promise<void>
}

export type Db = Kysely<Tables>

const INT8 = 20
const NUMERIC = 1700

export async function openDatabase(options: {
  url: string | null
  directory: string
  pool?: number
}): Promise<Database> {
  return options.url ? openServer(options.url, options.pool) : openEmbedded(options.directory)
}

async function openEmbedded(directory: string): Promise<Database> {
  const lock = DataFolderLock.acquire(directory)
  try {
    const folder = join(directory, 'postgres')
    mkdirSync(folder, { recursive: true })
    const pglite = await PGlite.create({ dataDir: folder, parsers: { [INT8]: Number, [NUMERIC]: Number } })
    return embeddedDatabase(pglite, () => lock.release())
  } catch (error) {
    lock.release()
    throw error
  }
}

/** An embedded database in memory, for tests: empty, or what `dump` of another one gave. */
export async function openMemoryDatabase(content?: Blob): Promise<Database & { dump(): Promise<Blob> }> {
  const pglite = await PGlite.create({
    parsers: { [INT8]: Number, [NUMERIC]: Number },
    ...(content ? { loadDataDir: content } : {}),
  })
  return { ...embeddedDatabase(pglite, () => {}), dump: () => pglite.dumpDataDir('none') }
}

function embeddedDatabase(pglite: PGlite, release: () => void): Database {
  const db = new Kysely<Tables>({ dialect: attributed(new PGliteDialect({ pglite })) })
  return {
    kind: 'embedded',
    db,
    queue: { db: fromPglite(pglite), backend: 'pglite' },
    close: async () => {
      if (!pglite.closed) await pglite.close()
      release()
    },
  }
}

function openServer(url: string, max = 10): Database {
  const types = { getTypeParser: (oid: number, format?: 'text' | 'binary') => parserOf(oid, format) }
  const pool = new pg.Pool({ connectionString: url, max, keepAlive: true, types: types as never })
  // An idle connection that the server ends is replaced at the next query; unheard, its error would end the process.
  pool.on('error', () => {})
  const db = new Kysely<Tables>({ dialect: attributed(new PostgresDialect({ pool })) })
  return { kind: 'server', db, queue: { connectionString: url }, close: () => db.destroy() }
}

function parserOf(oid: number, format: 'text' | 'binary' = 'text') {
  if (oid === INT8 || oid === NUMERIC) return Number
  return pg.types.getTypeParser(oid, format as 'text')
}
