import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Database, openMemoryDatabase } from './database.ts'
import { tidyTables } from './tidy-tables.ts'

let database: Database

beforeAll(async () => {
  database = await openMemoryDatabase()
  await sql`CREATE TABLE things (id integer PRIMARY KEY, name text)`.execute(database.db)
})
afterAll(() => database.close())

it('learns about tables that changed much and frees the room of old rows, once', async () => {
  await sql`INSERT INTO things SELECT n, n::text FROM generate_series(1, 1000) AS n`.execute(database.db)
  expect(await tidyTables(database)).toEqual({ vacuumed: [], analyzed: ['public.things'] })
  expect(await tidyTables(database)).toEqual({ vacuumed: [], analyzed: [] })
  const { rows } = await sql<{ reltuples: number }>`SELECT reltuples FROM pg_class WHERE relname = 'things'`.execute(
    database.db,
  )
  expect(rows).toEqual([{ reltuples: 1000 }])
  await sql`UPDATE things SET name = 'other' WHERE id % 2 = 0`.execute(database.db)
  expect(await tidyTables(database)).toEqual({ vacuumed: ['public.things'], analyzed: ['public.things'] })
})

it('leaves a table alone that changed little', async () => {
  await sql`UPDATE things SET name = 'again' WHERE id < 20`.execute(database.db)
  expect(await tidyTables(database)).toEqual({ vacuumed: [], analyzed: [] })
})
