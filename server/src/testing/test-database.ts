import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { type Database, openDatabase, openMemoryDatabase } from '../db/database.ts'
import { prepare, preparedFiles, preparedName } from './prepared-database.ts'

/**
 * A database of this version without rows for one test file: in memory, or, where VESALIUS_TEST_DATABASE_URL names a
 * PostgreSQL server, a fresh one there that goes when it is closed. Both are copies of one that is prepared once.
 */
export async function openTestDatabase(): Promise<Database> {
  const server = process.env.VESALIUS_TEST_DATABASE_URL
  if (!server) return openMemoryDatabase(await preparedFiles())
  const { url, drop } = await createTestDatabase(server, await preparedTemplate(server))
  const database = await openDatabase({ url, directory: '' })
  return {
    ...database,
    close: async () => {
      await database.close()
      await drop()
    },
  }
}

/** A fresh database on a server: empty, or a copy of the template. */
export async function createTestDatabase(
  server: string,
  template = 'template1',
): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `vesalius_test_${randomBytes(6).toString('hex')}`
  await onServer(server, (client) => client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`))
  const drop = () => onServer(server, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`))
  return { url: urlOf(server, name), drop }
}

/** The name of a prepared database on that server, which is made by whoever comes first. */
async function preparedTemplate(server: string): Promise<string> {
  const name = `vesalius_prepared_${preparedName()}`
  await onServer(server, async (client) => {
    await client.query('SELECT pg_advisory_lock(736165, 99)')
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name])
    if (rowCount) return
    const partial = `vesalius_partial_${randomBytes(6).toString('hex')}`
    await client.query(`CREATE DATABASE ${partial}`)
    const database = await openDatabase({ url: urlOf(server, partial), directory: '' })
    await prepare(database)
    await database.close()
    await client.query(`ALTER DATABASE ${partial} RENAME TO ${name}`)
  })
  return name
}

function urlOf(server: string, database: string): string {
  const url = new URL(server)
  url.pathname = `/${database}`
  return url.href
}

async function onServer(url: string, act: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await act(client)
  } finally {
    await client.end()
  }
}
