import { readdir, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { type Image, LabelFile } from '@vesalius/contracts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { leaveNote, openTestApp, signUp, type TestApp } from '../../testing/test-app.ts'
import { projectOf, uploadImage } from '../../testing/uploads.ts'
import { repairAllLabelFiles, repairLabelFiles } from './repair-label-files.ts'

let test: TestApp
let ann: { cookie: string }
let ben: { cookie: string }
let binary: string
let image: Image

beforeAll(async () => {
  test = await openTestApp()
  ann = await signUp(test.app, 'ann')
  ben = await signUp(test.app, 'ben')
  binary = await projectOf(test.app, ann, 1001)
})
afterAll(() => test.close())
beforeEach(async () => {
  image = await uploadImage(test.app, ann, binary)
})

const key = { '0': 'negative', '1': 'positive' }
const answer = (value: number | null) => ({ type: 1001, data: { key, value } })

function put(payload: object, headers: Record<string, string> = {}, target = image) {
  return test.app.inject({
    method: 'PUT',
    url: `/api/v1/images/${target.id}/label`,
    headers: { ...ann, ...headers },
    payload,
  })
}
const get = (path: string, headers: Record<string, string> = ann) =>
  test.app.inject({ url: `/api/v1/images/${image.id}${path}`, headers })
const fileOf = (target = image) => target.uri.replace('.png', '.label')
/** As clients see it: what is kept for a rebuild is left out. */
const readLabelFile = async (target = image): Promise<LabelFile> =>
  LabelFile.parse(JSON.parse(String(await test.context.storage.read(fileOf(target)))))

async function annotations() {
  return test.context.db
    .selectFrom('projects')
    .select(['annotation_count as count', 'annotation_changes as changes'])
    .where('id', '=', binary as never)
    .executeTakeFirstOrThrow()
}

describe('a label', () => {
  it('is empty at first, with its revision as entity tag', async () => {
    const response = await get('/label')
    expect(response.headers.etag).toBe('"0"')
    expect(response.json()).toMatchObject({ ...answer(null), meta: { author: { kind: 'none' }, revision: 0 } })
  })

  it('submitted by a person is answered, kept as a file, counted, and makes the image annotated', async () => {
    const before = await annotations()
    const response = await put(answer(0.75), { 'if-match': '"0"' })
    expect(response.statusCode).toBe(200)
    expect(response.headers.etag).toBe('"1"')
    expect(response.json()).toMatchObject({ ...answer(0.75), meta: { author: { kind: 'person' }, revision: 1 } })
    expect(await readLabelFile()).toEqual(response.json())
    expect((await get('/label')).json()).toEqual(response.json())
    const now = (await get('')).json() as Image
    expect(now).toMatchObject({ state: 'NORMAL', labelValue: 1, labelRevision: 1 })
    expect(now.annotatedAt).not.toBeNull()
    expect(await annotations()).toEqual({ count: before.count + 1, changes: before.changes + 1 })
    await put(answer(0.1))
    expect(await annotations()).toEqual({ count: before.count + 1, changes: before.changes + 2 })
  })

  it('may come in the second writing and is kept in the first', async () => {
    const weighted = (value: number, weight: number[]) => ({
      type: 1001,
      data: { key: ['negative', 'positive'], weight, value },
    })
    expect((await put(weighted(1, [0.2, 0.78]))).json().data).toEqual({ key, value: 0.78 })
    expect((await put(weighted(0, [0.2, 0.78]))).json().data).toEqual({ key, value: 0 })
    expect((await put(weighted(1, [0, 0]))).json().data).toEqual({ key, value: 1 })
  })

  it('of several classes is kept as it was sent', async () => {
    const project = await projectOf(test.app, ann, 1003)
    const target = await uploadImage(test.app, ann, project)
    const data = { key: ['class 1', 'class 2', 'class 3'], weight: [0.1, 0.7, 0.5], value: 1 }
    expect((await put({ type: 1003, data }, {}, target)).json().data).toEqual(data)
  })

  it('of the base type carries tags', async () => {
    const target = await uploadImage(test.app, ann, await projectOf(test.app, ann, 1000))
    const response = await put({ type: 1000, data: { tags: ['left', '左'] } }, {}, target)
    expect(response.json().data).toEqual({ tags: ['left', '左'] })
  })

  it('without an answer takes an annotation back', async () => {
    const before = await annotations()
    await put(answer(1))
    await put(answer(null))
    expect((await get('')).json()).toMatchObject({ annotatedAt: null, labelValue: null })
    expect((await annotations()).count).toBe(before.count)
  })

  it('taken back is what it was before a person answered, and counts no more', async () => {
    const before = await annotations()
    const submitted = await put(answer(0.75), { 'if-match': '"0"' })
    const takeBack = (headers: Record<string, string>) =>
      test.app.inject({ method: 'DELETE', url: `/api/v1/images/${image.id}/label`, headers })
    expect((await takeBack({ ...ann, 'if-match': '"0"' })).statusCode).toBe(412)
    expect((await takeBack(ben)).statusCode).toBe(404)
    const taken = await takeBack({ ...ann, 'if-match': String(submitted.headers.etag) })
    expect(taken.json()).toMatchObject({
      ...answer(null),
      meta: { author: { kind: 'none' }, revision: 2, annotatedAt: null },
    })
    expect(await readLabelFile()).toEqual(taken.json())
    expect((await annotations()).count).toBe(before.count)
    expect((await takeBack(ann)).json().meta.revision).toBe(2)
  })

  it('keeps every revision, newest first', async () => {
    await put(answer(1))
    await put(answer(0))
    const { items } = (await get('/label/revisions')).json()
    expect(items.map((item: { revision: number }) => item.revision)).toEqual([2, 1, 0])
    expect(items[2].author).toEqual({ kind: 'none' })
  })

  it('shows a renamed class under its new name, and takes one that was drawn under the old one', async () => {
    await put(answer(1))
    const rename = (classes: string[]) =>
      test.app.inject({ method: 'PATCH', url: `/api/v1/projects/${binary}`, headers: ann, payload: { classes } })
    await rename(['healthy', 'ill'])
    expect((await get('/label')).json().data).toEqual({ key: { '0': 'healthy', '1': 'ill' }, value: 1 })
    expect((await put(answer(0))).json().data).toEqual({ key: { '0': 'healthy', '1': 'ill' }, value: 0 })
    await rename(['negative', 'positive'])
  })
})

describe('a label that does not fit', () => {
  it.each([
    [
      'has another type',
      { type: 1003, data: { key: ['negative', 'positive'], weight: [0, 1], value: 1 } },
      'LABEL_MISMATCH',
    ],
    ['names other classes', { type: 1001, data: { key: { '0': 'cat', '1': 'dog' }, value: 1 } }, 'LABEL_MISMATCH'],
    [
      'swaps the classes',
      { type: 1001, data: { key: { '0': 'positive', '1': 'negative' }, value: 1 } },
      'LABEL_MISMATCH',
    ],
    ['is out of range', { type: 1001, data: { key, value: 2 } }, 'VALIDATION_FAILED'],
    ['has no data', { type: 1001 }, 'VALIDATION_FAILED'],
    ['is of an unknown type', { type: 7, data: {} }, 'VALIDATION_FAILED'],
  ])('is refused when it %s', async (_, label, code) => {
    const response = await put(label)
    expect([response.statusCode, response.json().code]).toEqual([422, code])
    expect((await get('/label')).headers.etag).toBe('"0-2"')
  })

  it('is refused for a frozen image and for one in the bin', async () => {
    const setState = (state: 'FROZEN' | 'DELETED') =>
      test.context.db.updateTable('images').set({ state }).where('id', '=', image.id).execute()
    await setState('FROZEN')
    expect((await put(answer(1))).json()).toMatchObject({ status: 409, code: 'IMAGE_FROZEN' })
    await setState('DELETED')
    expect((await put(answer(1))).statusCode).toBe(409)
  })

  it('is refused from strangers', async () => {
    expect((await put(answer(1), ben)).statusCode).toBe(404)
    expect((await put(answer(1), { cookie: '' })).statusCode).toBe(401)
  })
})

describe('two people who save at once', () => {
  it('cannot both win with the same If-Match', async () => {
    const both = await Promise.all([put(answer(1), { 'if-match': '"0"' }), put(answer(0), { 'if-match': '"0"' })])
    expect(both.map((response) => response.statusCode).sort()).toEqual([200, 412])
    const winner = both.find((response) => response.statusCode === 200)
    expect(both.find((response) => response.statusCode === 412)?.json().code).toBe('LABEL_CHANGED')
    expect(await readLabelFile()).toEqual(winner?.json())
  })

  it('leave the newest revision in the file', async () => {
    await Promise.all(Array.from({ length: 12 }, (_, index) => put(answer(index / 12))))
    const { meta, data } = (await get('/label')).json()
    expect(meta.revision).toBe(12)
    expect(await readLabelFile()).toMatchObject({ data, meta })
  })
})

describe('when the label file cannot be written', () => {
  it('keeps the old label everywhere', async () => {
    await put(answer(1))
    const before = await readLabelFile()
    const { write } = test.context.storage
    test.context.storage.write = async () => {
      throw Object.assign(new Error('full'), { code: 'ENOSPC' })
    }
    const response = await put(answer(0))
    test.context.storage.write = write
    expect(response.statusCode).toBe(507)
    expect((await get('/label')).json()).toEqual(before)
    expect(await readLabelFile()).toEqual(before)
    expect(await test.context.storage.notes.count()).toBe(0)
  })
})

describe('repairing label files', () => {
  it('writes missing, damaged and older files anew and leaves the others', async () => {
    await repairAllLabelFiles(test.context)
    const old = String(await test.context.storage.read(fileOf()))
    const saved = (await put(answer(1))).json()
    for (const damage of [old, '', '{"type":1001']) {
      await test.context.storage.write(fileOf(), damage)
      expect(await repairAllLabelFiles(test.context)).toBe(1)
      expect(await readLabelFile()).toEqual(saved)
    }
    await test.context.storage.remove(fileOf())
    expect(await repairAllLabelFiles(test.context)).toBe(1)
    expect(await repairAllLabelFiles(test.context)).toBe(0)
  })

  it('leaves a file that is newer than its row: the database can be rebuilt from it', async () => {
    const newer = await makeFileNewer()
    expect(await repairAllLabelFiles(test.context)).toBe(0)
    expect(await readLabelFile()).toEqual(newer)
  })

  it('takes a save back that a kill cut off before its commit', async () => {
    const before = await readLabelFile()
    await makeFileNewer()
    await leaveNote(test.context, 'label', { imageId: image.id, keys: [] })
    expect(await repairLabelFiles(test.context)).toBe(1)
    expect(await readLabelFile()).toEqual(before)
    expect(await test.context.storage.notes.count()).toBe(0)
  })

  it.skipIf(process.env.VESALIUS_TEST_DATABASE_URL)(
    'keeps the file when the machine itself went down since',
    async () => {
      const newer = await makeFileNewer()
      await leaveNote(test.context, 'label', { imageId: image.id, keys: [] })
      const folder = join(test.dataDirectory, 'notes')
      const [note = ''] = await readdir(folder)
      await utimes(join(folder, note), 1, 1)
      expect(await repairLabelFiles(test.context)).toBe(0)
      expect(await readLabelFile()).toEqual(newer)
    },
  )

  async function makeFileNewer(): Promise<LabelFile> {
    const label = await readLabelFile()
    if (label.meta) label.meta.revision += 5
    await test.context.storage.write(fileOf(), JSON.stringify(label))
    return label
  }
})
