import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestApp, signUp, type TestApp } from '../../testing/test-app.ts'
import { phantomPng, projectOf, uploadImage } from '../../testing/uploads.ts'
import { countImages, findUsedClasses, foldCounts } from './projects.queries.ts'

let test: TestApp
let headers: { cookie: string }
let project: string

beforeAll(async () => {
  test = await openTestApp()
  headers = await signUp(test.app, 'ann')
  project = await projectOf(test.app, headers, 1003)
})
afterAll(() => test.close())

const read = async () => (await test.app.inject({ url: `/api/v1/projects/${project}`, headers })).json().counts

/** The same numbers, counted row by row. */
async function counted() {
  const { rows } = await sql<{ key: string; value: number }>`
    SELECT key, count(*) AS value
    FROM images, unnest(image_count_keys(state, annotated_at, guess_model_id, problem, label_classes)) AS key
    WHERE project_id = ${project} GROUP BY key ORDER BY key`.execute(test.context.db)
  return rows
}

async function kept() {
  const { rows } = await sql<{ key: string; value: number }>`
    SELECT key, sum(value)::bigint AS value FROM image_counts
    WHERE project_id = ${project} GROUP BY key HAVING sum(value) <> 0 ORDER BY key`.execute(test.context.db)
  return rows
}

it('follows an image from upload through annotation, bin and purge', async () => {
  const url = (rest: string) => `/api/v1/images/${image.id}${rest}`
  const send = (method: 'POST' | 'PUT' | 'DELETE', rest: string, payload?: object) =>
    test.app.inject({ method, url: url(rest), headers, ...(payload ? { payload } : {}) })
  const image = await uploadImage(test.app, headers, project, { bytes: await phantomPng({ seed: 7 }) })
  expect(await read()).toMatchObject({ images: 1, toLabel: 1, annotated: 0 })
  const label = (await test.app.inject({ url: url('/label'), headers })).json()
  await send('PUT', '/label', { type: 1003, data: { ...label.data, weight: label.data.key.map(() => 0), value: 1 } })
  const after = await read()
  expect(after).toMatchObject({ images: 1, annotated: 1 })
  expect(after.annotatedPerClass[1]).toBe(1)
  await send('DELETE', '')
  expect(await read()).toMatchObject({ images: 0, annotated: 0 })
  expect(await findUsedClasses(test.context.db, project as never)).toEqual([1])
  await send('POST', '/restore')
  expect(await read()).toMatchObject({ images: 1, annotated: 1 })
  await send('DELETE', '')
  expect((await send('POST', '/purge')).statusCode).toBe(204)
  expect(await read()).toMatchObject({ images: 0, annotated: 0 })
  expect(await findUsedClasses(test.context.db, project as never)).toEqual([])
})

it('equals what a count of the rows gives after any statements, and after it is folded', async () => {
  const { db } = test.context
  const owner = (await test.app.inject({ url: '/api/v1/me', headers })).json().id
  await sql`
    INSERT INTO images (id, project_id, owner_id, name, type, uri, state, annotated_at, label_classes, guess_model_id,
      width, height, bit_depth, channels, byte_size, content_hash)
    SELECT 'row-' || n, ${project}, ${owner}, n::text, 'png', n::text,
      (ARRAY['TO_LABEL', 'NORMAL', 'FROZEN', 'DELETED'])[1 + n % 4], CASE WHEN n % 3 = 0 THEN now() END,
      CASE WHEN n % 3 = 0 THEN ARRAY[n % 5, 5 + n % 2] ELSE '{}'::integer[] END, CASE WHEN n % 2 = 0 THEN 'm' END,
      1, 1, 8, 1, 1, n::text
    FROM generate_series(1, 200) AS n`.execute(db)
  expect(await kept()).toEqual(await counted())
  await sql`UPDATE images SET state = 'NORMAL', problem = '{"code":"INTERNAL","message":""}'
    WHERE project_id = ${project} AND width = 1 AND name::integer % 7 = 0`.execute(db)
  await sql`UPDATE images SET label_classes = '{2}' WHERE project_id = ${project} AND annotated_at IS NOT NULL`.execute(
    db,
  )
  await sql`DELETE FROM images WHERE project_id = ${project} AND name::integer % 11 = 0`.execute(db)
  const truth = await counted()
  expect(await kept()).toEqual(truth)
  await foldCounts(db)
  expect(await kept()).toEqual(truth)
  const shown = (await countImages(db, [{ id: project as never, classes: ['a', 'b', 'c'] }])).get(project as never)
  expect(shown?.annotatedPerClass).toEqual([0, 0, truth.find(({ key }) => key === 'class:2')?.value])
})
