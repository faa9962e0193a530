import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { type Database, openDatabase, openMemoryDatabase } from '../db/database.ts'

/**
 * An empty database for one test file: in memory, or, where VESALIUS_TEST_DATABASE_URL names a PostgreSQL server, a
 * fresh one there that goes when it is closed.
 */
export async function openTestDatabase(): Promise<Database> {
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

/** A fresh database on a server. */
export async function createTestDatabase(server: string): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `vesalius_test_${randomBytes(6).toString('hex')}`
  await runOnServer(server, `create database ${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return { url: url.href, drop: () => runOnServer(server, `drop database if exists ${name} with (force)`) }
}

async function runOnServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
