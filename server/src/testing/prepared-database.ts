import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, openAsBlob, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Database, openMemoryDatabase } from '../db/database.ts'
import { migrate } from '../db/migrate.ts'
import { installAuditTriggers } from '../features/audit/install-triggers.ts'
import { createJobs } from '../jobs/jobs.ts'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const CACHE = join(ROOT, 'node_modules/.cache/vesalius-tests')
const SOURCES = [
  'server/src/db',
  'server/src/db/migrations',
  'server/src/features/audit',
  'server/src/jobs',
  'contracts/src',
]

/** What an empty database of this version depends on, as a short text. */
export function preparedName(): string {
  const digest = createHash('sha256').update(readFileSync(join(ROOT, 'package-lock.json')))
  for (const folder of SOURCES) {
    const names = readdirSync(join(ROOT, folder), { withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.includes('.test.'))
      .map(({ name }) => name)
      .sort()
    for (const name of names) digest.update(name).update(readFileSync(join(ROOT, folder, name)))
  }
  return digest.digest('hex').slice(0, 12)
}

/** Schema, triggers and queues, as the program's start makes them. */
export async function prepare(database: Database): Promise<void> {
  await migrate(database.db)
  await installAuditTriggers(database.db)
  const jobs = createJobs(database, () => {})
  await jobs.start()
  await jobs.stop()
}

/** The files of an embedded database that is prepared: made once for all test files, until the sources change. */
export async function preparedFiles(): Promise<Blob> {
  const file = join(CACHE, `${preparedName()}.tar`)
  try {
    return await openAsBlob(file)
  } catch {
    const database = await openMemoryDatabase()
    await prepare(database)
    const content = await database.dump()
    await database.close()
    mkdirSync(CACHE, { recursive: true })
    const partial = `${file}.${randomBytes(4).toString('hex')}`
    writeFileSync(partial, new Uint8Array(await content.arrayBuffer()))
    renameSync(partial, file)
    for (const name of readdirSync(CACHE))
      if (name.endsWith('.tar') && join(CACHE, name) !== file) rmSync(join(CACHE, name), { force: true })
    return content
  }
}
