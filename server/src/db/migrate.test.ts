import { PGlite } from '@electric-sql/pglite'
import { Kysely, PGliteDialect, sql } from 'kysely'
import { expect, it } from 'vitest'
import { migrate, SchemaTooNewError } from './migrate.ts'
import { first } from './migrations/0001-first.ts'
import { marks } from './migrations/0002-marks.ts'
import { migrations } from './migrations/index.ts'

it('brings an empty database to this version, once', async () => {
  const db = new Kysely<unknown>({ dialect: new PGliteDialect({ pglite: await PGlite.create() }) })
  expect(await migrate(db)).toEqual(Object.keys(migrations))
  expect(await migrate(db)).toEqual([])
  await db.destroy()
})

it('learns which classes the labels of an older database use', async () => {
  const pglite = await PGlite.create()
  const db = new Kysely<unknown>({ dialect: new PGliteDialect({ pglite }) })
  for (const statement of first) await sql.raw(statement).execute(db)
  const box = (index: number) => ({ id: `${index}`, box: [0, 0, 1, 1], class: index })
  await pglite.exec(`
    INSERT INTO users (id, name, email, "emailVerified") VALUES ('u', 'u', 'u@example.org', true);
    INSERT INTO projects (id, name, task_type, classes, algorithm, owner_id) VALUES ('p', 'p', 1003, '[]', '{}', 'u')`)
  const images = [
    { id: 'class', value: 2, revisions: [{ weight: [0, 0, 1], value: 2 }] },
    { id: 'boxes', value: null, revisions: [{ boxes: [box(4)] }, { boxes: [box(1), box(0), { ...box(1), id: 'x' }] }] },
    { id: 'none', value: null, revisions: [{ boxes: [] }] },
  ]
  for (const { id, value, revisions } of images) {
    await pglite.query(
      `INSERT INTO images (id, project_id, owner_id, name, type, uri, state, label_revision, label_value, width, height,
        bit_depth, channels, byte_size, content_hash)
      VALUES ($1, 'p', 'u', $1, 'png', $1, 'NORMAL', $2, $3, 1, 1, 8, 3, 1, $1)`,
      [id, revisions.length - 1, value],
    )
    for (const [revision, data] of revisions.entries()) {
      await pglite.query(`INSERT INTO label_revisions (image_id, revision, data, author) VALUES ($1, $2, $3, '{}')`, [
        id,
        revision,
        JSON.stringify(data),
      ])
    }
  }
  for (const statement of marks) await sql.raw(statement).execute(db)
  const { rows } = await pglite.query('SELECT id, label_classes FROM images ORDER BY id')
  expect(rows).toEqual([
    { id: 'boxes', label_classes: [0, 1] },
    { id: 'class', label_classes: [2] },
    { id: 'none', label_classes: [] },
  ])
  await db.destroy()
})

it('runs on what a newer version has added, and not where it has taken something away', async () => {
  const db = new Kysely<Record<string, Record<string, string>>>({
    dialect: new PGliteDialect({ pglite: await PGlite.create() }),
  })
  await migrate(db)
  const note = (name: string) =>
    db.insertInto('kysely_migration').values({ name, timestamp: new Date().toISOString() }).execute()
  await note('9998-more')
  expect(await migrate(db)).toEqual([])
  await note('9999-contract-less')
  await expect(migrate(db)).rejects.toThrow(SchemaTooNewError)
  await db.destroy()
})
