import type { Comparison, Image, ModelVersion, Run } from '@vesalius/contracts'
import { FileBudget, readZip } from '@vesalius/formats'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ScriptedPredictor, ScriptedTrainer } from '../../testing/scripted-models.ts'
import { openTestApp, signUp, type TestApp } from '../../testing/test-app.ts'
import { phantomPng, upload } from '../../testing/uploads.ts'
import { prelabelHandler } from '../predictions/predictions.service.ts'
import { trainModelHandler } from '../training/train-model.job.ts'
import { compareModelsHandler } from './comparisons.ts'
import { findHeldOutImages } from './held-out.queries.ts'

const truths = new Map<string, number>()
const hardness = new Map<string, number>()
const trainer = new ScriptedTrainer()
/** An id and its ending; a copy of an object of a bucket has more before it. */
const nameOf = (file: string) => file.slice(-40)
const predictor = new ScriptedPredictor(
  (file) => truths.get(nameOf(file)) ?? 0,
  (file) => hardness.get(nameOf(file)) ?? 0,
)
let test: TestApp
let owner: { cookie: string }
let projectId: string
let open: Image

beforeAll(async () => {
  test = await openTestApp({ trainers: { local: trainer }, predictor })
  owner = await signUp(test.app, 'owner')
  const made = await api('POST', '/projects', { name: 'Discs', taskType: 1001, classes: ['dark', 'bright'] })
  projectId = made.json().id
  for (let seed = 1; seed <= 60; seed += 1) await uploadOne(seed, seed % 2)
  open = await uploadOne(99, null)
})
afterAll(() => test.close())
beforeEach(() => {
  trainer.spoil = async () => {}
})

const api = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, payload?: object, headers = owner) =>
  test.app.inject({ method, url: `/api/v1${path}`, headers, ...(payload ? { payload } : {}) })

async function uploadOne(seed: number, value: number | null): Promise<Image> {
  const label = { type: 1001, data: { key: { '0': 'dark', '1': 'bright' }, value } }
  const part = { name: `${seed}.png`, bytes: await phantomPng({ seed, width: 16, height: 16 }) }
  const { items } = await upload(test.app, owner, projectId, [{ ...part, ...(value === null ? {} : { label }) }])
  const [item] = items
  if (!item || !('image' in item)) throw new Error('not uploaded')
  truths.set(`${item.image.id}.png`, value ?? 1)
  hardness.set(`${item.image.id}.png`, (seed * 0.618) % 1)
  return item.image
}

const signal = new AbortController().signal
const work = () =>
  trainModelHandler(test.context)({ payload: { runId: '' as never, projectId: '' as never }, signal, isLastTry: false })
async function train(next: ScriptedTrainer['next'], body?: object): Promise<Run> {
  trainer.next = next
  await test.context.db.updateTable('images').set({ state: 'NORMAL' }).execute()
  const run = (await api('POST', `/projects/${projectId}/runs`, body)).json()
  await work()
  return (await api('GET', `/runs/${run.id}`)).json()
}
const models = async (): Promise<ModelVersion[]> => (await api('GET', `/projects/${projectId}/models`)).json().items
const newest = async () => (await models())[0] as ModelVersion
const serving = async () => (await models()).find(({ state }) => state === 'serving')?.number
/** A model that everything better is clearly better than. */
const serveFirst = async () => api('POST', `/models/${(await models()).at(-1)?.id}/promote`)
const labelBytes = () => test.context.storage.read(open.uri.replace('.png', '.label'))
const guess = () => prelabelHandler(test.context)({ payload: { imageId: open.id }, signal, isLastTry: false })

describe('the gate', () => {
  it('lets the first model serve and keeps its held-out images from every training', async () => {
    expect((await train({ right: 0.3 })).state).toBe('succeeded')
    expect(await newest()).toMatchObject({ number: 1, state: 'serving', gate: { isPromoted: true, reason: 'first' } })
    const held = await findHeldOutImages(test.context.db, { id: projectId as never, review_mode: 'off' as never })
    expect(held.length).toBeGreaterThanOrEqual(10)
    const learned = trainer.trained.at(-1)?.items.map(({ imageId }) => imageId)
    expect(learned).toHaveLength(60 - held.length)
    for (const image of held) expect(learned).not.toContain(image.id)
    const labels = (await api('GET', `/models/${(await newest()).id}/labels`)).json()
    expect(labels.learned.map((label: { imageId: string }) => label.imageId)).toEqual(learned)
    expect(labels.heldOut).toHaveLength(held.length)
    expect((await api('GET', `/projects/${projectId}/held-out`)).json().images).toBe(held.length)
  })

  it('promotes a better candidate and looks again at what nobody annotated', async () => {
    await train({ right: 0.95 })
    const model = await newest()
    expect(model).toMatchObject({ number: 2, state: 'serving', gate: { reason: 'better' } })
    await guess()
    const comparison: Comparison = (await api('GET', `/comparisons/${model.gate?.comparisonId}`)).json()
    expect(comparison).toMatchObject({ state: 'done', secondId: model.id })
    expect(comparison.result?.second.metrics).toMatchObject({ kind: 'classification' })
  })

  it('keeps everything as it is, byte for byte, whatever a poisoned training hands in', async () => {
    const before = await labelBytes()
    const worse = await train({ right: 0.5 })
    expect(worse.state).toBe('succeeded')
    expect((await newest()).gate).toMatchObject({
      isPromoted: false,
      reason: expect.stringMatching(/notBetter|classFalls/),
    })
    await train({ right: 1, always: 0 })
    expect((await newest()).gate).toMatchObject({ isPromoted: false, reason: 'classFalls' })
    const count = (await models()).length
    expect(await train({ right: 1, isBroken: true })).toMatchObject({
      state: 'failed',
      error: { code: 'MODEL_UNUSABLE' },
    })
    trainer.spoil = async ({ modelFile }) => {
      const { truncate } = await import('node:fs/promises')
      await truncate(modelFile, 5)
    }
    expect(await train({ right: 1 })).toMatchObject({ state: 'failed', error: { code: 'MODEL_UNUSABLE' } })
    trainer.spoil = async () => {
      throw Object.assign(new Error('the training process ended early: it was killed'), { code: 'TRAINING_FAILED' })
    }
    expect((await train({ right: 1 })).state).toBe('failed')
    expect(await models()).toHaveLength(count)
    expect(await serving()).toBe(2)
    expect((await labelBytes()).equals(before)).toBe(true)
  })

  it('waits with a candidate whose training lost images on the way, or could not tell apart what it was taught', async () => {
    await serveFirst()
    const before = await serving()
    trainer.report = ({ trainingImages }) => ({ trainingImages: Math.floor(trainingImages / 2) })
    await train({ right: 1 })
    expect((await newest()).gate).toMatchObject({ isPromoted: false, reason: 'imagesMissing' })
    const confusion = [
      [3, 3],
      [3, 3],
    ]
    const none = { accuracy: null, balancedAccuracy: null, auroc: null, ece: null, accuracyInterval: null }
    const metrics = { ...none, kind: 'classification' as const, images: 12, confusion, loss: 0.7, perClass: [] }
    trainer.report = () => ({ metrics })
    await train({ right: 1 })
    expect((await newest()).gate).toMatchObject({ isPromoted: false, reason: 'learnedNothing' })
    trainer.report = () => ({})
    expect(await serving()).toBe(before)
    await api('POST', `/projects/${projectId}/rollback`)
  })

  it('waits for a person where the settings say so, or another model was promoted meanwhile', async () => {
    await api('PUT', `/projects/${projectId}/algorithm`, { gate: { promotes: 'person' } })
    await serveFirst()
    await train({ right: 1 })
    expect((await newest()).gate).toMatchObject({ isPromoted: false, reason: 'asksPerson' })
    await api('PUT', `/projects/${projectId}/algorithm`, {})
    await api('POST', `/projects/${projectId}/rollback`)
    trainer.spoil = async () => void (await serveFirst())
    await train({ right: 1 })
    expect((await newest()).gate).toMatchObject({ isPromoted: true, againstId: (await models()).at(-1)?.id })
  })
})

describe('versions', () => {
  it('roll back one by one, and know who decided what', async () => {
    const now = await serving()
    const answer = await api('POST', `/projects/${projectId}/rollback`)
    expect(answer.json()).toMatchObject({ number: 1, state: 'serving' })
    expect(await serving()).toBe(1)
    expect((await api('POST', `/projects/${projectId}/rollback`)).json().number).toBe(2)
    await guess()
    const image = (await api('GET', `/images/${open.id}`)).json()
    expect(image.guess.score).toBeCloseTo(0.9)
    const { items, rollbackTo } = (await api('GET', `/projects/${projectId}/servings`)).json()
    expect(items.slice(0, 3)).toMatchObject([
      { number: 2, reason: 'rollback', byName: 'owner' },
      { number: 1, reason: 'rollback' },
      { number: now, reason: 'gate', byName: null },
    ])
    expect(rollbackTo).toBe((await models()).at(-1)?.id)
    await api('POST', `/projects/${projectId}/rollback`)
    expect((await api('POST', `/projects/${projectId}/rollback`)).json().code).toBe('NO_MODEL')
  })

  it('are compared on the same held-out images', async () => {
    const [best, ...rest] = await models()
    const first = rest.at(-1)
    const asked = await api('POST', `/projects/${projectId}/comparisons`, { firstId: first?.id, secondId: best?.id })
    expect(asked.statusCode).toBe(202)
    const { id } = asked.json()
    await compareModelsHandler(test.context)({ payload: { comparisonId: id }, signal, isLastTry: false })
    const { result, state } = (await api('GET', `/comparisons/${id}`)).json() as Comparison
    expect(state).toBe('done')
    expect(result?.difference).toBeGreaterThan(0)
    expect(result?.disagreements[0]).toMatchObject({ first: { value: expect.any(Number) } })
    const same = { firstId: best?.id, secondId: best?.id }
    expect((await api('POST', `/projects/${projectId}/comparisons`, same)).statusCode).toBe(422)
  })

  it('come with a card, and as a folder for the Hugging Face hub', async () => {
    const model = await newest()
    const card = (await api('GET', `/models/${model.id}/card`)).body
    expect(card).toContain('library_name: onnx')
    expect(card).toContain(model.lineage?.dataSetHash)
    expect(card).toContain('| bright |')
    const archive = await api('GET', `/models/${model.id}/archive`)
    const files = readZip(archive.rawPayload, new FileBudget(1e6), () => true)
    const names = files.map(({ path }) => path).sort()
    expect(names).toEqual(['README.md', 'config.json', 'model.onnx'])
    const config = files.find(({ path }) => path === 'config.json')
    expect(JSON.parse(Buffer.from(config?.bytes ?? []).toString())).toMatchObject({
      id2label: { 0: 'dark', 1: 'bright' },
    })
  })

  it('are trained anew without a person or an image, from nothing', async () => {
    const { id: me } = (await api('GET', '/me')).json()
    const items = trainer.trained.at(-1)?.items ?? []
    const without = { imageIds: items.slice(0, 2).map(({ imageId }) => imageId) }
    await train({ right: 0.8 }, { without })
    const request = trainer.trained.at(-1)
    expect(request?.warmStartModel).toBeNull()
    expect(request?.items).toHaveLength(items.length - 2)
    expect((await newest()).lineage).toMatchObject({ parentId: null, without })
    const none = await train({ right: 0.8 }, { without: { userIds: [me] } })
    expect(none).toMatchObject({ state: 'failed', error: { code: 'NOT_ENOUGH_ANNOTATIONS' } })
  })

  it('can be removed, save the one in service', async () => {
    const all = await models()
    const inService = all.find(({ state }) => state === 'serving')
    expect((await api('DELETE', `/models/${inService?.id}`)).json().code).toBe('CONFLICT')
    const other = all.find(({ state }) => state !== 'serving')
    expect((await api('DELETE', `/models/${other?.id}`)).statusCode).toBe(204)
    expect((await api('GET', `/models/${other?.id}/file`)).statusCode).toBe(404)
    expect(await test.context.storage.size(other?.uri ?? '')).toBeNull()
  })

  it('are hidden from strangers', async () => {
    const stranger = await signUp(test.app, 'stranger')
    const { id, gate } = (await models()).find(({ gate }) => gate?.comparisonId) as ModelVersion
    const paths = ['card', 'archive', 'labels', 'file'].map((part) => `/models/${id}/${part}`)
    paths.push(
      `/projects/${projectId}/servings`,
      `/projects/${projectId}/held-out`,
      `/comparisons/${gate?.comparisonId}`,
    )
    for (const path of paths) expect((await api('GET', path, undefined, stranger)).statusCode, path).toBe(404)
    expect((await api('DELETE', `/models/${id}`, undefined, stranger)).statusCode).toBe(404)
    expect((await api('POST', `/models/${id}/promote`, undefined, stranger)).statusCode).toBe(404)
    expect((await api('POST', `/projects/${projectId}/rollback`, undefined, stranger)).statusCode).toBe(404)
  })
})
