import { TASK_TYPES } from '@vesalius/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { integers, json } from '../../db/json.ts'
import { openTestApp, signUp, type TestApp } from '../../testing/test-app.ts'
import { uploadImage } from '../../testing/uploads.ts'

let test: TestApp
let owner: { cookie: string }
let stranger: { cookie: string }
beforeAll(async () => {
  test = await openTestApp()
  await signUp(test.app, 'first-administrator')
  owner = await signUp(test.app, 'owner')
  stranger = await signUp(test.app, 'stranger')
})
afterAll(() => test.close())

type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
const api = (method: Method, path: string, headers: Record<string, string>, payload?: object) =>
  test.app.inject({ method, url: `/api/v1${path}`, headers, ...(payload ? { payload } : {}) })

const create = async (payload: object = { name: 'Crops', taskType: 1003, classes: ['a', 'b', 'c'] }) =>
  (await api('POST', '/projects', owner, payload)).json()

describe('projects', () => {
  it('are there from the start, one per task type', async () => {
    const { items } = (await api('GET', '/projects', owner)).json()
    expect(items.map((project: { taskType: number }) => project.taskType).sort()).toEqual(
      TASK_TYPES.map((entry) => entry.imageType),
    )
    expect(items[0].counts.images).toBe(0)
  })

  it('get the usual classes of their task type when none are named', async () => {
    expect((await create({ name: 'Cats', taskType: 1002 })).classes).toEqual(['healthy', 'cat disease'])
  })

  it.each([
    [{ name: '', taskType: 1003 }, 'VALIDATION_FAILED'],
    [{ name: 'x', taskType: 7 }, 'VALIDATION_FAILED'],
    [{ name: 'x', taskType: 1001, classes: ['a', 'b', 'c'] }, 'VALIDATION_FAILED'],
    [{ name: 'x', taskType: 1003, classes: ['a', 'a'] }, 'VALIDATION_FAILED'],
    [{ name: 'x', taskType: 1003, ownerId: 'me' }, 'VALIDATION_FAILED'],
  ])('refuse %o with %s', async (payload, code) => {
    expect((await api('POST', '/projects', owner, payload)).json().code).toBe(code)
  })

  it('can be renamed and get more classes', async () => {
    const project = await create()
    const changed = await api('PATCH', `/projects/${project.id}`, owner, { name: 'New', classes: ['A', 'b', 'c', 'd'] })
    expect(changed.json()).toMatchObject({ name: 'New', classes: ['A', 'b', 'c', 'd'] })
  })

  it('count annotated images class by class, whatever a label is made of, and keep the classes in use', async () => {
    const cells = await create({ name: 'Cells', taskType: 1003, classes: ['a', 'b', 'c'] })
    const boxes = await create({ name: 'Boxes', taskType: 2000, classes: ['cat', 'dog', 'cow'] })
    const label = (type: number, data: object) => ({ label: { type, data } })
    const key = ['a', 'b', 'c']
    await uploadImage(test.app, owner, cells.id, label(1003, { key, weight: [0, 1, 0], value: 1 }))
    await uploadImage(test.app, owner, cells.id, label(1003, { key, weight: [0, 1, 0], value: 1 }))
    await uploadImage(test.app, owner, cells.id)
    const box = (id: string, index: number) => ({ id, box: [1, 1, 5, 5], class: index })
    const drawn = { key: boxes.classes, boxes: [box('1', 1), box('2', 1), box('3', 0)] }
    await uploadImage(test.app, owner, boxes.id, label(2000, drawn))
    await uploadImage(test.app, owner, boxes.id, label(2000, { key: boxes.classes, boxes: [box('1', 1)] }))

    const countsOf = async (id: string) => (await api('GET', `/projects/${id}`, owner)).json().counts
    expect(await countsOf(cells.id)).toMatchObject({ images: 3, annotated: 2, annotatedPerClass: [0, 2, 0] })
    expect(await countsOf(boxes.id)).toMatchObject({ annotated: 2, annotatedPerClass: [1, 2, 0] })
    const dogs = await api('GET', `/projects/${boxes.id}/images?class=1`, owner)
    const cats = await api('GET', `/projects/${boxes.id}/images?class=0`, owner)
    expect([dogs.json().items.length, cats.json().items.length]).toEqual([2, 1])
    const keep = async (id: string, classes: string[]) =>
      (await api('PATCH', `/projects/${id}`, owner, { classes })).json().code ?? 'done'
    expect(await keep(boxes.id, ['cat'])).toBe('CLASSES_IN_USE')
    expect(await keep(boxes.id, ['cat', 'dog'])).toBe('done')
    expect(await keep(cells.id, ['a', 'b'])).toBe('done')
  })

  it('forget what a model said of a class that is removed', async () => {
    const project = await create()
    const image = await uploadImage(test.app, owner, project.id)
    const { db } = test.context
    const said = { label_value: 2, guess_value: 2, label_classes: integers([2]) }
    await db.updateTable('images').set(said).where('id', '=', image.id).execute()
    const data = { key: ['a', 'b', 'c'], weight: [0, 0, 1], value: 2 }
    await db
      .updateTable('label_revisions')
      .set({ data: json(data) })
      .where('image_id', '=', image.id)
      .execute()
    expect((await api('PATCH', `/projects/${project.id}`, owner, { classes: ['a', 'b'] })).statusCode).toBe(200)
    expect((await api('GET', `/images/${image.id}`, owner)).json().labelValue).toBeNull()
    const label = (await api('GET', `/images/${image.id}/label`, owner)).json()
    expect(label.data).toEqual({ key: ['a', 'b'], weight: [0, 0], value: null })
  })

  it('keep how their model learns, with defaults for what is missing', async () => {
    const project = await create()
    const path = `/projects/${project.id}/algorithm`
    expect((await api('PUT', path, owner, { backbone: 'vgg11', trainingInterval: 5 })).json()).toMatchObject({
      backbone: 'vgg11',
      trainingInterval: 5,
      budgetMinutes: 5,
    })
    expect((await api('GET', path, owner)).json().backbone).toBe('vgg11')
    expect((await api('PUT', path, owner, { backbone: 'nonsense' })).statusCode).toBe(422)
  })

  it('look like absent to strangers and closed to visitors, on every route', async () => {
    const project = await create()
    const calls: [Method, string, object?][] = [
      ['GET', `/projects/${project.id}`],
      ['PATCH', `/projects/${project.id}`, { name: 'x' }],
      ['DELETE', `/projects/${project.id}`],
      ['GET', `/projects/${project.id}/algorithm`],
      ['PUT', `/projects/${project.id}/algorithm`, {}],
      ['POST', `/projects/${project.id}/prelabel`],
      ['GET', `/projects/${project.id}/runs`],
      ['POST', `/projects/${project.id}/runs`],
      ['GET', `/projects/${project.id}/models`],
      ['GET', `/projects/${project.id}/images`],
    ]
    for (const [method, path, payload] of calls) {
      expect((await api(method, path, stranger, payload)).statusCode, `stranger ${method} ${path}`).toBe(404)
      expect((await api(method, path, {}, payload)).statusCode, `visitor ${method} ${path}`).toBe(401)
    }
  })

  it('go to the bin', async () => {
    const project = await create()
    expect((await api('DELETE', `/projects/${project.id}`, owner)).statusCode).toBe(204)
    expect((await api('GET', `/projects/${project.id}`, owner)).statusCode).toBe(404)
  })

  it('do not train before two classes have two annotated images each', async () => {
    const project = await create()
    expect((await api('POST', `/projects/${project.id}/runs`, owner)).json().code).toBe('NOT_ENOUGH_ANNOTATIONS')
  })
})

describe('what anyone may ask', () => {
  it('is the version, the task types, health, and the description of the API', async () => {
    expect((await api('GET', '/setup', {})).json()).toMatchObject({ hasAccounts: true })
    expect((await api('GET', '/task-types', {})).json().items).toHaveLength(12)
    expect((await test.app.inject('/readyz')).json()).toEqual({ status: 'ready' })
    expect((await test.app.inject('/openapi.json')).json().openapi).toBe('3.1.0')
  })

  it('gets a problem document for an address that does not exist', async () => {
    const response = await api('GET', '/nothing', {})
    expect(response.statusCode).toBe(404)
    expect(response.json().code).toBe('NOT_FOUND')
  })
})
