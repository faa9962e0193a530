import type { Image, ProjectId, SelectionStrategy } from '@vesalius/contracts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ScriptedPredictor, ScriptedTrainer } from '../../testing/scripted-models.ts'
import { openTestApp, signUp, type TestApp } from '../../testing/test-app.ts'
import { phantomPng, upload } from '../../testing/uploads.ts'
import { compareGuesses } from './disagreements.ts'
import { rankImagesHandler } from './rank-images.ts'

let test: TestApp
let owner: { cookie: string }
let projectId: ProjectId
const images: Image[] = []

beforeAll(async () => {
  test = await openTestApp({ trainers: { local: new ScriptedTrainer() }, predictor: new ScriptedPredictor(() => 1) })
  owner = await signUp(test.app, 'owner')
  const payload = { name: 'Discs', taskType: 1001, classes: ['dark', 'bright'] }
  projectId = (await api('POST', '/projects', payload)).json().id
  for (const seed of [1, 1, 1, 9]) {
    const size = { width: 40 + images.length, height: 30 }
    const { items } = await upload(test.app, owner, projectId, [
      { name: 'a.png', bytes: await phantomPng({ seed, ...size }) },
    ])
    const [item] = items
    if (item && 'image' in item) images.push(item.image)
  }
  for (const [index, image] of images.entries()) {
    await test.context.db
      .updateTable('images')
      .set({ uncertainty: [0.2, 0.4, 0.3, 0.1][index] ?? 0, state: 'NORMAL' })
      .where('id', '=', image.id)
      .execute()
  }
})
afterAll(() => test.close())

const api = (method: 'GET' | 'POST' | 'PUT', path: string, payload?: object) =>
  test.app.inject({ method, url: `/api/v1${path}`, headers: owner, ...(payload ? { payload } : {}) })
const listed = async (query = '') =>
  (await api('GET', `/projects/${projectId}/images?order=next${query}`))
    .json()
    .items.map((image: Image) => images.findIndex(({ id }) => id === image.id)) as number[]
async function rank(queueOrder: SelectionStrategy): Promise<number[]> {
  await api('PUT', `/projects/${projectId}/algorithm`, { queueOrder, trainingInterval: null })
  const signal = new AbortController().signal
  await rankImagesHandler(test.context)({ payload: { projectId }, signal, isLastTry: false })
  return listed()
}

it('puts images in the order that the settings ask for, page by page', async () => {
  expect(await rank('uncertainty')).toEqual([1, 2, 0, 3])
  const first = (await api('GET', `/projects/${projectId}/images?order=next&limit=2`)).json()
  expect(await listed(`&limit=2&cursor=${first.nextCursor}`)).toEqual([0, 3])
})

it('spreads out over what pictures look like', async () => {
  const order = await rank('diversity')
  expect(order.slice(0, 2)).toContain(3)
  expect(await test.context.db.selectFrom('image_features').selectAll().execute()).toHaveLength(4)
})

it('puts what is annotated last', async () => {
  const label = { type: 1001, data: { key: { '0': 'dark', '1': 'bright' }, value: 1 } }
  await api('PUT', `/images/${images[1]?.id}/label`, label)
  expect(await rank('uncertainty')).toEqual([2, 0, 3, 1])
})

it('counts how far two guesses are apart', () => {
  const project = { classes: ['a', 'b'], task_type: 2000 } as const
  const boxes = (x: number) => ({
    key: ['a', 'b'],
    boxes: [{ id: '1', box: [x, 0, 10, 10] as [number, number, number, number], class: 0, score: 0.9 }],
  })
  expect(compareGuesses(project as never, boxes(0), boxes(1))).toBe(0)
  expect(compareGuesses(project as never, boxes(0), boxes(50))).toBe(1)
  const answer = (value: number) => ({ key: { '0': 'a', '1': 'b' }, value })
  expect(compareGuesses({ ...project, task_type: 1001 } as never, answer(0), answer(1))).toBeCloseTo(1)
})
