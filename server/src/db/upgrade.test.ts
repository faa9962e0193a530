import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { advanceSequences, insertRows, withoutChecks } from '../features/backup/tables.ts'
import { until } from '../testing/remote-world.ts'
import { ScriptedPredictor, ScriptedTrainer } from '../testing/scripted-models.ts'
import { openTestApp, type TestApp } from '../testing/test-app.ts'
import { createTestDatabase } from '../testing/test-database.ts'
import { isInFolder } from '../testing/test-storage.ts'
import { phantomPng, uploadImage } from '../testing/uploads.ts'
import { type Database, openDatabase, openMemoryDatabase } from './database.ts'
import { migrate } from './migrate.ts'
import { migrations } from './migrations/index.ts'

/** What `server/scripts/keep-release.ts` kept of a release. */
interface Release {
  migrations: string[]
  tables: Record<string, string[]>
  files: Record<string, string>
}

const FOLDER = new URL('../testing/releases/', import.meta.url)
const releases = readdirSync(FOLDER).map((name) => ({ name, path: new URL(name, FOLDER) }))
const readRelease = (path: URL) => JSON.parse(gunzipSync(readFileSync(path)).toString('utf8')) as Release

async function openEmpty(): Promise<Database> {
  const server = process.env.VESALIUS_TEST_DATABASE_URL
  if (!server) return openMemoryDatabase()
  const { url, drop } = await createTestDatabase(server)
  const database = await openDatabase({ url, directory: '' })
  return {
    ...database,
    close: async () => {
      await database.close()
      await drop()
    },
  }
}

/** The database and folder as the release left them. */
async function layOut({
  migrations: known,
  tables,
  files,
}: Release): Promise<{ database: Database; directory: string }> {
  const directory = await mkdtemp(join(tmpdir(), 'vesalius-upgrade-'))
  for (const [key, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, key)), { recursive: true })
    writeFileSync(join(directory, key), Buffer.from(content, 'base64'))
  }
  const database = await openEmpty()
  await migrate(database.db, known)
  await database.db.transaction().execute(async (trx) => {
    const names = Object.keys(tables)
    await withoutChecks(trx, names, async () => {
      for (const name of names) await sql`DELETE FROM ${sql.table(name)}`.execute(trx)
      for (const [name, lines] of Object.entries(tables)) await insertRows(trx, name, lines)
    })
    await advanceSequences(trx)
  })
  return { database, directory }
}

describe.each(releases)('on what the release of $name left', ({ path }) => {
  const release = readRelease(path)
  let test: TestApp
  let owner: Record<string, string>
  let projectId: string
  beforeAll(async () => {
    const { database, directory } = await layOut(release)
    const predictor = new ScriptedPredictor(() => 1)
    const trainers = { local: new ScriptedTrainer(), remote: new ScriptedTrainer() }
    // Its files lie in a folder; with a bucket they are on their way there.
    const environment: Record<string, string> = isInFolder ? {} : { VESALIUS_STORAGE_MOVING: 'on' }
    test = await openTestApp({ worker: true, database, dataDirectory: directory, predictor, trainers, environment })
    const payload = { login: 'owner', password: 'correct horse battery' }
    const signedIn = await test.app.inject({ method: 'POST', url: '/api/v1/auth/login', payload })
    expect([signedIn.statusCode, signedIn.body]).toEqual([200, expect.any(String)])
    owner = { cookie: signedIn.cookies.map(({ name, value }) => `${name}=${value}`).join('; ') }
    const { items } = await api('GET', '/projects')
    projectId = items.find(({ name }: { name: string }) => name === 'Kept').id
  })
  afterAll(() => test.close())

  const api = async (method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) => {
    const call = { method, url: `/api/v1${url}`, headers: owner, ...(payload ? { payload } : {}) }
    const answer = await test.app.inject(call)
    expect(answer.statusCode, answer.body).toBeLessThan(300)
    return answer.json()
  }

  it('this version starts, lists, shows, labels and takes images', async () => {
    const page = await api('GET', `/projects/${projectId}/images?limit=100`)
    expect(page.items).toHaveLength(24)
    const annotated = page.items.filter(({ annotatedAt }: { annotatedAt: string | null }) => annotatedAt !== null)
    expect(annotated).toHaveLength(16)
    const [{ id }] = page.items
    const file = await test.app.inject({ url: `/api/v1/images/${id}/preview?width=16`, headers: owner })
    expect(file.statusCode).toBe(200)
    const label = await api('PUT', `/images/${id}/label`, {
      type: 1001,
      data: { key: { 0: 'dark', 1: 'bright' }, value: 1 },
    })
    expect(label.data.value).toBe(1)
    await uploadImage(test.app, owner, projectId, { name: 'new.png', bytes: await phantomPng() })
    expect((await api('GET', `/projects/${projectId}/images?limit=100`)).items).toHaveLength(25)
  })

  it('this version trains', async () => {
    // The label above may have been enough for the schedule to begin one by itself.
    const begin = { method: 'POST', url: `/api/v1/projects/${projectId}/runs`, headers: owner, payload: {} } as const
    const begun = await test.app.inject(begin)
    const run = begun.statusCode === 409 ? (await api('GET', `/projects/${projectId}/runs`)).items[0] : begun.json()
    const done = await until(async () => {
      const found = await api('GET', `/runs/${run.id}`)
      return found.finishedAt ? found : null
    })
    expect([done.state, done.error]).toEqual(['succeeded', null])
  })
})

/** Columns that an older version does not know must not be missed when it writes. */
it('every migration leaves room for the version before it: what is added may be left out, and nothing is taken away', async () => {
  const names = Object.keys(migrations)
  const { db, close } = await openMemoryDatabase()
  const [first] = releases
  if (!first) throw new Error('no release was kept')
  const known = readRelease(first.path)
  await migrate(db, known.migrations)
  const before = await columnsOf(db)
  await migrate(db)
  const after = await columnsOf(db)
  await close()
  const added = [...after].filter(([column]) => !before.has(column) && before.has(`${column.split('.')[0]}.`))
  expect(added.filter(([, { isNeeded }]) => isNeeded).map(([column]) => column)).toEqual([])
  const contracts = names.filter((name) => name.includes('-contract-'))
  const gone = [...before.keys()].filter((column) => !after.has(column))
  if (contracts.length === 0) expect(gone).toEqual([])
})

/** Columns by `table.column`, and each table as `table.`; a needed one has no default and may not be null. */
async function columnsOf(db: Database['db']): Promise<Map<string, { isNeeded: boolean }>> {
  const { rows } = await sql<{ table: string; column: string; needed: boolean }>`
    SELECT table_name AS "table", column_name AS "column",
      is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO' AND is_generated = 'NEVER' AS needed
    FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`.execute(db)
  return new Map(
    rows.flatMap(({ table, column, needed }) => [
      [`${table}.`, { isNeeded: false }] as const,
      [`${table}.${column}`, { isNeeded: needed }] as const,
    ]),
  )
}
