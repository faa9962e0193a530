import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Image } from '@vesalius/contracts'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { migrate } from '../../db/migrate.ts'
import { leaveNote, openTestApp, signUp, type TestApp } from '../../testing/test-app.ts'
import { openTestDatabase } from '../../testing/test-database.ts'
import { phantomPng, projectOf, uploadImage } from '../../testing/uploads.ts'
import { runDoctor } from './doctor-command.ts'
import { examine, isHealthy } from './examine.ts'
import { mend } from './mend.ts'
import { rebuild } from './rebuild.ts'

let test: TestApp
let ann: { cookie: string }
let project: string
beforeAll(async () => {
  test = await openTestApp()
  ann = await signUp(test.app, 'Ann')
  await signUp(test.app, 'bob')
  project = await projectOf(test.app, ann, 1003)
})
afterAll(() => test.close())

let seed = 0
const send = async (
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  url: string,
  payload?: object,
  headers = ann,
) => {
  const answer = await test.app.inject({ method, url: `/api/v1${url}`, headers, ...(payload ? { payload } : {}) })
  expect(answer.statusCode, `${method} ${url}: ${answer.body}`).toBeLessThan(300)
  return answer.body === '' ? null : answer.json()
}
const fresh = async (part = {}) => {
  seed += 1
  return uploadImage(test.app, ann, project, { bytes: await phantomPng({ seed, width: 20, height: 16 }), ...part })
}
const _pathOf = (key: string) => join(test.dataDirectory, key)
const labelOf = (image: Image) => image.uri.replace(/\.\w+$/, '.label')
const found = async (options = {}) => {
  const { findings } = await examine(test.context, options)
  return Object.fromEntries(Object.entries(findings).filter(([, list]) => list.length > 0))
}

it('finds nothing wrong after all kinds of changes, and counts what there is', async () => {
  await send('PATCH', `/projects/${project}`, { classes: ['red', 'white', 'blue'] })
  const [annotated, frozen, binned, shared] = [
    await fresh(),
    await fresh({ group: 'p1' }),
    await fresh(),
    await fresh(),
  ]
  const label = (value: number) => ({ type: 1003, data: { key: ['red', 'white', 'blue'], weight: [0, 0, 1], value } })
  for (const value of [0, 1, 2]) await send('PUT', `/images/${annotated.id}/label`, label(value))
  await send('PATCH', `/images/${frozen.id}`, { name: '冻结 .png' })
  await send('POST', `/images/${frozen.id}/freeze`)
  await send('PUT', `/images/${binned.id}/label`, label(0))
  await send('DELETE', `/images/${binned.id}`)
  const people = (await send('GET', '/users?name=bob')).items
  await send('POST', `/images/${shared.id}/editors`, { userId: people[0].id })
  await send('POST', `/images/${annotated.id}/copies`, { userId: people[0].id })
  await send('PATCH', `/projects/${project}`, { name: 'Blood', duplicates: 'skip', deidentifies: false })
  await send('PUT', `/projects/${project}/algorithm`, { trainingInterval: 30 })
  const seen = await examine(test.context, { hashes: true })
  expect(seen.findings).toEqual(Object.fromEntries(Object.keys(seen.findings).map((name) => [name, []])))
  expect(seen).toMatchObject({
    users: 2,
    images: 5,
    inBin: 1,
    annotated: 3,
    pictureFiles: 4,
    labelFiles: 5,
    openNotes: 0,
  })
  expect(isHealthy(seen)).toBe(true)
})

it('a rebuilt database equals the lost one: accounts, projects, images, labels, states, shares, copies', async () => {
  const other = await openTestDatabase()
  try {
    await migrate(other.db)
    const answer = await rebuild({ ...test.context, db: other.db })
    expect(answer).toMatchObject({ users: 2, images: 5, editors: 1, leftOut: [] })
    const { db } = test.context
    const rowsOf = async (from: typeof db) => ({
      images: await from.selectFrom('images').selectAll().orderBy('id').execute(),
      editors: await from.selectFrom('image_editors').selectAll().orderBy('image_id').execute(),
      users: await from
        .selectFrom('users')
        .select(['id', 'username', 'displayUsername', 'role'])
        .orderBy('id')
        .execute(),
      labels: await from
        .selectFrom('label_revisions')
        .innerJoin('images', (join) =>
          join.onRef('images.id', '=', 'image_id').onRef('images.label_revision', '=', 'revision'),
        )
        .select(['image_id', 'revision', 'data', 'author'])
        .orderBy('image_id')
        .execute(),
    })
    const [before, after] = [await rowsOf(db), await rowsOf(other.db)]
    expect(after).toEqual(before)
    const facts = [
      'id',
      'name',
      'task_type',
      'classes',
      'algorithm',
      'owner_id',
      'is_default',
      'deidentifies',
      'duplicates',
      'annotation_count',
      'created_at',
      'deleted_at',
    ] as const
    const used = [...new Set(before.images.map((image) => image.project_id))]
    const projectsOf = (from: typeof db) =>
      from.selectFrom('projects').select(facts).where('id', 'in', used).orderBy('id').execute()
    expect(await projectsOf(other.db)).toEqual(await projectsOf(db))
    expect(isHealthy(await examine({ ...test.context, db: other.db }))).toBe(true)
    expect(answer.passwords.map(({ username }) => username)).toEqual(['Ann', 'bob'])
    await expect(rebuild({ ...test.context, db: other.db })).rejects.toThrow('not empty')
  } finally {
    await other.close()
  }
})

it('who signs in after a rebuild finds everything, also those whose images are shared', async () => {
  const again = await openTestApp({ dataDirectory: test.dataDirectory })
  try {
    const { passwords } = await rebuild(again.context)
    for (const [username, count] of [
      ['Ann', 4],
      ['bob', 2],
    ] as const) {
      const { password } = passwords.find((each) => each.username === username) ?? {}
      const signedIn = await again.app.inject({
        method: 'POST',
        url: '/api/v1/auth/login',
        payload: { login: username, password },
      })
      expect(signedIn.statusCode).toBe(200)
      const cookie = signedIn.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
      const projects = (await again.app.inject({ url: '/api/v1/projects', headers: { cookie } })).json().items
      const images = projects.reduce((sum: number, each: { counts: { images: number } }) => sum + each.counts.images, 0)
      expect(images, username).toBe(username === 'Ann' ? 3 : count)
    }
  } finally {
    await again.close({ keepsData: true })
    // A process of another database on this folder knows nobody else here, so it cleared what they have under way.
    await mkdir(test.context.storage.scratchDirectory, { recursive: true })
  }
})

it('tells each kind of damage by its file, and mends what can be mended', async () => {
  const [gone, longer, changed, unlabelled, unlike] = [
    await fresh(),
    await fresh(),
    await fresh(),
    await fresh(),
    await fresh(),
  ]
  const { storage } = test.context
  await storage.remove(gone.uri)
  await storage.write(longer.uri, Buffer.concat([await storage.read(longer.uri), Buffer.from('x')]))
  const bytes = await storage.read(changed.uri)
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
  await storage.write(changed.uri, bytes)
  await storage.remove(labelOf(unlabelled))
  await storage.write(labelOf(unlike), '{"type": 1003}')
  const stray = `users/${gone.ownerId}/stray.png`
  await storage.write(stray, 'x')
  await storage.write(`projects/${project}/models/stray.onnx`, 'x')
  expect(await found({ hashes: true })).toEqual({
    rowsWithoutFile: [gone.uri],
    filesOfWrongSize: [longer.uri],
    filesOfWrongContent: [changed.uri],
    rowsWithoutLabelFile: [labelOf(unlabelled)],
    labelFilesUnlikeTheirRow: [labelOf(unlike)],
    filesWithoutRow: [stray],
    modelFilesWithoutRow: [`projects/${project}/models/stray.onnx`],
  })
  await leaveNote(test.context, 'files', { imageId: null, keys: ['users/x/y.png'] })
  const mended = await mend(test.context)
  expect(mended).toMatchObject({ filesMovedToLost: [stray] })
  expect([await storage.size(stray), await storage.size(`lost/${stray}`)]).toEqual([null, 1])
  expect(Object.keys(await found())).toEqual(['rowsWithoutFile', 'filesOfWrongSize', 'modelFilesWithoutRow'])
})

it.skipIf(process.env.VESALIUS_TEST_DATABASE_URL)(
  'the command answers in words or as JSON, by exit status, and keeps the old database when it makes a new one',
  async () => {
    const again = await openTestApp({ onDisk: true })
    const eve = await signUp(again.app, 'eve')
    const image = await uploadImage(again.app, eve, await projectOf(again.app, eve, 1001))
    const environment = { VESALIUS_DATA_DIR: again.dataDirectory }
    const said: string[] = []
    const doctor = (...args: string[]) => runDoctor(args, environment, (text) => said.push(text))
    expect(await doctor()).toBe(2)
    await again.close({ keepsData: true })
    expect(await doctor('--json')).toBe(0)
    expect(JSON.parse(said.at(-1) ?? '')).toMatchObject({ healthy: true, examination: { images: 1, users: 1 } })
    expect(await doctor('--rebuild')).toBe(0)
    expect(said.at(-1)).toContain('  eve  ')
    await rm(join(again.dataDirectory, image.uri))
    expect(await doctor()).toBe(1)
    expect(said.at(-1)).toContain(image.uri)
    expect(await doctor('--wrong')).toBe(2)
    await rm(again.dataDirectory, { recursive: true })
  },
)

it('finds exports and imports of annotations that lost their file or their row, and forgets them', async () => {
  const { db, storage } = test.context
  const { id: user } = await db.selectFrom('users').select('id').executeTakeFirstOrThrow()
  const none = JSON.stringify({ done: 0, total: 0 })
  await sql`INSERT INTO exports (id, project_id, user_id, request, state, progress, uri)
    VALUES ('e', ${project}, ${user}, '{}', 'succeeded', ${none}, 'exports/e.zip')`.execute(db)
  await storage.write('exports/other.zip', 'x')
  await storage.write('annotation-imports/gone/0', 'x')
  expect(await found()).toMatchObject({
    exportsWithoutFile: ['exports/e.zip'],
    exchangeFilesWithoutRow: ['exports/other.zip', 'annotation-imports/gone/0'],
  })
  expect((await mend(test.context)).exchangeForgotten).toBe(3)
  const after = await found()
  expect([after.exportsWithoutFile, after.exchangeFilesWithoutRow]).toEqual([undefined, undefined])
})
