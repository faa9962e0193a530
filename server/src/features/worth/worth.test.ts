import type { Image, Worth } from '@vesalius/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ScriptedPredictor, ScriptedTrainer } from '../../testing/scripted-models.ts'
import { openTestApp, signUp, type TestApp } from '../../testing/test-app.ts'
import { phantomPng, uploadImage } from '../../testing/uploads.ts'
import { prelabelHandler } from '../predictions/predictions.service.ts'
import { trainModelHandler } from '../training/train-model.job.ts'
import { countEdits } from './count-edits.ts'
import { measureWorthHandler } from './measure-worth.job.ts'
import { nearestOf, usualDistance } from './unlike.ts'

let test: TestApp
let owner: { cookie: string }
let projectId: string
const signal = new AbortController().signal

/** Guesses "bright" of everything. */
beforeAll(async () => {
  const trainers = { local: new ScriptedTrainer() }
  test = await openTestApp({ trainers, predictor: new ScriptedPredictor(() => 1) })
  owner = await signUp(test.app, 'owner')
  const made = await api('POST', '/projects', { name: 'Discs', taskType: 1001, classes: ['dark', 'bright'] })
  projectId = made.json().id
  await api('PUT', `/projects/${projectId}/algorithm`, { trainingInterval: null })
})
afterAll(() => test.close())

const api = (method: 'GET' | 'POST' | 'PUT', path: string, payload?: object, headers = owner) =>
  test.app.inject({ method, url: `/api/v1${path}`, headers, ...(payload ? { payload } : {}) })

let seed = 0
async function uploadOne(): Promise<Image> {
  seed += 1
  return uploadImage(test.app, owner, projectId, { bytes: await phantomPng({ seed, width: 16, height: 16 }) })
}
const answer = async ({ id }: Image, value: number, seconds?: number) =>
  expect(
    (
      await api('PUT', `/images/${id}/label`, {
        type: 1001,
        data: { key: { '0': 'dark', '1': 'bright' }, value },
        ...(seconds === undefined ? {} : { seconds }),
      })
    ).statusCode,
  ).toBe(200)

async function measure(): Promise<Worth> {
  const asked = await api('POST', `/projects/${projectId}/worth`)
  expect(asked.statusCode).toBe(202)
  expect(asked.json().isMeasuring).toBe(true)
  await measureWorthHandler(test.context)({ payload: { projectId: projectId as never }, signal, isLastTry: false })
  const { isMeasuring, worth } = (await api('GET', `/projects/${projectId}/worth`)).json()
  expect(isMeasuring).toBe(false)
  return worth
}

describe('what first guesses are worth', () => {
  it('says nothing before anybody asked, and nothing to strangers', async () => {
    expect((await api('GET', `/projects/${projectId}/worth`)).json()).toEqual({ isMeasuring: false, worth: null })
    const stranger = await signUp(test.app, 'stranger')
    expect((await api('POST', `/projects/${projectId}/worth`, undefined, stranger)).statusCode).toBe(404)
  })

  it('counts what people did by hand, and what they changed of the guesses', async () => {
    for (let at = 0; at < 30; at += 1) await answer(await uploadOne(), at % 2, 10 + at)
    await test.context.db.updateTable('images').set({ state: 'NORMAL' }).execute()
    await api('POST', `/projects/${projectId}/runs`)
    await trainModelHandler(test.context)({
      payload: { runId: '' as never, projectId: '' as never },
      signal,
      isLastTry: false,
    })
    for (let at = 0; at < 12; at += 1) {
      const image = await uploadOne()
      await prelabelHandler(test.context)({ payload: { imageId: image.id }, signal, isLastTry: false })
      if (at < 8) await answer(image, at < 6 ? 0.9 : 0, 2 + at)
    }
    const worth = await measure()
    expect(worth).toMatchObject({ byHand: { images: 30, seconds: 24.5 }, left: 0 })
    expect(worth.models).toHaveLength(1)
    expect(worth.models[0]).toMatchObject({
      number: 1,
      images: 8,
      unchanged: 6,
      edits: { kept: 6, relabelled: 2 },
      editsPerImage: 0.25,
      editsFromNothing: 1,
      seconds: 5.5,
    })
    expect(worth.models[0]?.calibration[9]).toEqual({ count: 8, said: expect.closeTo(0.9), right: 0.75 })
    expect(worth.models[0]?.calibrationError).toBeCloseTo(0.15)
  })

  it('looks at whether the latest images are like those learned from', async () => {
    const { drift } = await measureLater()
    expect(drift).toMatchObject({ number: 1, windows: [{ images: 12 }] })
    for (let at = 0; at < 25; at += 1) {
      const bytes = await phantomPng({ seed: 900 + at, width: 300, height: 40 })
      await uploadImage(test.app, owner, projectId, { bytes })
    }
    const later = (await measureLater()).drift
    const unlike = later?.windows.reduce((sum, window) => sum + window.unlike, 0) ?? 0
    expect(later?.windows.map(({ images }) => images)).toEqual([25, 12])
    expect(unlike, 'pictures of another shape are unlike').toBeGreaterThan(12)
  })

  it('measures an answer once, and not while nothing changed', async () => {
    expect(await test.context.db.selectFrom('guess_edits').selectAll().execute()).toHaveLength(8)
    expect((await api('POST', `/projects/${projectId}/worth`)).json().isMeasuring).toBe(false)
  })
})

async function measureLater(): Promise<Worth> {
  await test.context.db.updateTable('project_worth').set({ annotation_changes: -1 }).execute()
  return measure()
}

describe('counting edits', () => {
  type Box = [number, number, number, number]
  const boxes = (...list: [id: string, box: Box, index: number, score?: number][]) => ({
    key: ['red', 'white'],
    boxes: list.map(([id, box, index, score]) => ({
      id,
      box,
      class: index,
      ...(score === undefined ? {} : { score }),
    })),
  })

  it('tells kept, moved, relabelled, added and removed marks apart', () => {
    const guess = boxes(
      ['a', [0, 0, 10, 10], 0, 0.9],
      ['b', [20, 0, 10, 10], 0, 0.8],
      ['c', [40, 0, 10, 10], 0, 0.7],
      ['d', [60, 0, 10, 10], 0, 0.6],
      ['e', [80, 0, 10, 10], 1, 0.5],
    )
    const label = boxes(
      ['a', [0, 0, 10, 10], 0],
      ['b', [21, 0, 10, 10], 0],
      ['c', [40, 0, 10, 10], 1],
      ['anew', [80, 1, 10, 10], 1],
      ['new', [0, 50, 5, 5], 1],
    )
    const { edits, scores } = countEdits(guess, label)
    expect(edits).toEqual({ kept: 1, changed: 2, relabelled: 1, added: 1, removed: 1 })
    expect(scores).toEqual([
      [0.9, true],
      [0.8, true],
      [0.7, false],
      [0.6, false],
      [0.5, true],
    ])
  })

  it('goes by the names of classes, whose places may have changed', () => {
    const guess = boxes(['a', [0, 0, 10, 10], 1])
    const label = { key: ['white', 'red'], boxes: [{ id: 'a', box: [0, 0, 10, 10] as Box, class: 0 }] }
    expect(countEdits(guess, label).edits).toMatchObject({ kept: 1, relabelled: 0 })
  })
})

it('calls usual what 95 of 100 learned images keep', () => {
  const learned = Array.from({ length: 20 }, (_, at) => Float32Array.of(at, 0))
  expect(usualDistance(learned)).toBe(1)
  expect(nearestOf(Float32Array.of(5.5, 3), learned)).toBeCloseTo(Math.hypot(0.5, 3))
})
