import type { ProjectId, Run } from '@vesalius/contracts'
import type { TrainingRequest } from '@vesalius/engine/runner'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { json } from '../../db/json.ts'
import { ScriptedPredictor, ScriptedTrainer } from '../../testing/scripted-models.ts'
import { openTestApp, signUp, type TestApp } from '../../testing/test-app.ts'
import { phantomPng, upload } from '../../testing/uploads.ts'
import { keepRun, offerRuns, takeRun } from './hold-run.ts'
import { startDueRuns } from './scheduler.ts'
import { trainModelHandler } from './train-model.job.ts'

/** Trains as a script says, after what the test does meanwhile. */
class BusyTrainer extends ScriptedTrainer {
  meanwhile: (signal: AbortSignal | undefined) => Promise<void> = async () => {}

  override async train(request: TrainingRequest, { signal }: { signal?: AbortSignal } = {}) {
    const outcome = await super.train(request)
    await this.meanwhile(signal)
    signal?.throwIfAborted()
    return outcome
  }
}

const trainer = new BusyTrainer()
let test: TestApp
let owner: { cookie: string }
let projects: ProjectId[]

beforeAll(async () => {
  test = await openTestApp({ trainers: { local: trainer }, predictor: new ScriptedPredictor(() => 1) })
  owner = await signUp(test.app, 'owner')
  projects = [await makeProject('first'), await makeProject('second')]
})
afterAll(() => test.close())
beforeEach(async () => {
  trainer.trained.length = 0
  trainer.meanwhile = async () => {}
  await test.context.db.updateTable('runs').set({ state: 'cancelled' }).execute()
  await test.context.db.updateTable('images').set({ state: 'NORMAL' }).execute()
})

const api = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, payload?: object) =>
  test.app.inject({ method, url: `/api/v1${path}`, headers: owner, ...(payload ? { payload } : {}) })

let seed = 0
async function makeProject(name: string): Promise<ProjectId> {
  const { id } = (await api('POST', '/projects', { name, taskType: 1001, classes: ['dark', 'bright'] })).json()
  await annotate(id, 4)
  return id
}

async function annotate(projectId: string, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    seed += 1
    const label = { type: 1001, data: { key: { '0': 'dark', '1': 'bright' }, value: index % 2 } }
    await upload(test.app, owner, projectId, [{ name: `${seed}.png`, bytes: await phantomPng({ seed }), label }])
  }
}

const runsOf = async (projectId: string): Promise<Run[]> =>
  (await api('GET', `/projects/${projectId}/runs`)).json().items
const train = (projectId: string) => api('POST', `/projects/${projectId}/runs`)
const set = (projectId: string, algorithm: object) => api('PUT', `/projects/${projectId}/algorithm`, algorithm)
const work = (signal = new AbortController().signal) =>
  trainModelHandler(test.context)({
    payload: { runId: '' as never, projectId: '' as never },
    signal,
    isLastTry: false,
  })
const projectNow = (id: ProjectId) =>
  test.context.db.selectFrom('projects').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

describe('whose turn it is', () => {
  it('is the project whose last turn is the longest ago, whoever asked first', async () => {
    const [first = '', second = ''] = projects
    await train(first)
    await work()
    await train(first)
    await train(second)
    await work()
    expect((await runsOf(second))[0]?.state).toBe('succeeded')
    expect((await runsOf(first))[0]?.state).toBe('pending')
    await work()
    expect((await runsOf(first))[0]?.state).toBe('succeeded')
  })

  it('comes after images that wait for their first look, but not for ever', async () => {
    const [first = ''] = projects
    await train(first)
    await test.context.db.updateTable('images').set({ state: 'TO_LABEL' }).execute()
    await work()
    expect(trainer.trained).toHaveLength(0)
    await test.context.db
      .updateTable('runs')
      .set({ created_at: new Date(Date.now() - 3_600_000) })
      .where('state', '=', 'pending')
      .execute()
    await work()
    expect(trainer.trained).toHaveLength(1)
  })
})

describe('a run and its process', () => {
  it('belong together until the process says nothing more', async () => {
    const { db } = test.context
    await train(projects[0] ?? '')
    const run = await takeRun(db, 'one')
    expect(run?.attempts).toBe(1)
    expect(await takeRun(db, 'two')).toBeUndefined()
    await db
      .updateTable('runs')
      .set({ held_until: new Date(0) })
      .where('id', '=', run?.id ?? ('' as never))
      .execute()
    expect((await takeRun(db, 'two'))?.id).toBe(run?.id)
    expect(await keepRun(db, run?.id as never, 'one')).toBeUndefined()
  })

  it('part when the process stops: the next one goes on with the same data', async () => {
    const [first = ''] = projects
    await train(first)
    const stopping = new AbortController()
    trainer.meanwhile = async () => stopping.abort()
    await work(stopping.signal)
    expect((await runsOf(first))[0]?.state).toBe('running')
    trainer.meanwhile = async () => {}
    await annotate(first, 1)
    await test.context.db.updateTable('images').set({ state: 'NORMAL' }).execute()
    await work()
    const [before, after] = trainer.trained
    expect(after?.items).toEqual(before?.items)
    expect((await runsOf(first))[0]?.state).toBe('succeeded')
  })

  it('keep a late result of a lost run out', async () => {
    const [first = '' as ProjectId] = projects
    await train(first)
    const models = async () => (await api('GET', `/projects/${first}/models`)).json().items.length
    const before = await models()
    trainer.meanwhile = async () => {
      await test.context.db.updateTable('runs').set({ holder: 'another' }).where('state', '=', 'running').execute()
    }
    await work()
    expect(await models()).toBe(before)
  })

  it('end when a person cancels while it trains', async () => {
    const [first = ''] = projects
    const { id } = (await train(first)).json()
    trainer.meanwhile = async (signal) => {
      await api('DELETE', `/runs/${id}`)
      await new Promise((resolve) => signal?.addEventListener('abort', resolve))
    }
    await work()
    expect((await api('GET', `/runs/${id}`)).json().state).toBe('cancelled')
  })

  it('give up after too many cuts, with the reason', async () => {
    const [first = ''] = projects
    const { id } = (await train(first)).json()
    await test.context.db.updateTable('runs').set({ attempts: 20 }).where('id', '=', id).execute()
    await work()
    expect((await api('GET', `/runs/${id}`)).json()).toMatchObject({ state: 'failed', error: { code: 'INTERRUPTED' } })
  })
})

describe('the schedule', () => {
  const hourAgo = new Date(Date.now() - 3_600_000)
  const long = async (id: ProjectId) =>
    test.context.db
      .updateTable('projects')
      .set({ last_training_at: hourAgo, trained_changes: 0 })
      .where('id', '=', id)
      .execute()

  it('makes one run of many changes, and none of annotations that came back to what they were', async () => {
    const [first = '' as ProjectId, second = '' as ProjectId] = projects
    await set(second, { trainingInterval: null })
    await set(first, { trainingInterval: 5, minimumNewAnnotations: 1 })
    await long(first)
    await annotate(first, 3)
    await test.context.db.updateTable('images').set({ state: 'NORMAL' }).execute()
    await startDueRuns(test.context)
    await startDueRuns(test.context)
    await work()
    expect(trainer.trained).toHaveLength(1)
    await long(first)
    await startDueRuns(test.context)
    await work()
    expect(trainer.trained).toHaveLength(1)
    const [run] = await runsOf(first)
    expect(run).toMatchObject({ state: 'cancelled', error: { code: 'NOTHING_CHANGED' } })
    expect((await projectNow(first)).trained_changes).toBe((await projectNow(first)).annotation_changes)
  })

  it('does not train again on what just failed', async () => {
    const [first = '' as ProjectId] = projects
    await annotate(first, 1)
    await test.context.db.updateTable('images').set({ state: 'NORMAL' }).execute()
    await long(first)
    trainer.meanwhile = async () => {
      throw Object.assign(new Error('it diverged'), { code: 'TRAINING_DIVERGED' })
    }
    await startDueRuns(test.context)
    await work()
    expect((await runsOf(first))[0]).toMatchObject({ state: 'failed', error: { code: 'TRAINING_DIVERGED' } })
    const count = (await runsOf(first)).length
    await test.context.db.updateTable('projects').set({ last_training_at: hourAgo }).where('id', '=', first).execute()
    await startDueRuns(test.context)
    expect(await runsOf(first)).toHaveLength(count)
  })

  it('keeps to the times of a cron expression in its time zone', async () => {
    const [first = '' as ProjectId] = projects
    await set(first, {
      trainingCron: { expression: '30 3 * * *', timeZone: 'Asia/Shanghai' },
      minimumNewAnnotations: 1,
    })
    await long(first)
    const since = new Date('2026-03-01T12:00:00Z')
    await test.context.db.updateTable('projects').set({ last_training_at: since }).where('id', '=', first).execute()
    const count = (await runsOf(first)).length
    await startDueRuns(test.context, new Date('2026-03-01T19:29:00Z'))
    expect(await runsOf(first)).toHaveLength(count)
    await startDueRuns(test.context, new Date('2026-03-01T19:30:30Z'))
    expect(await runsOf(first)).toHaveLength(count + 1)
  })

  it('starts nothing in quiet hours and lets a run go on after them', async () => {
    const [first = '' as ProjectId] = projects
    const clock = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString().slice(11, 16)
    const quiet = { from: clock(-1), to: clock(1), timeZone: 'UTC' }
    await annotate(first, 1)
    await test.context.db.updateTable('images').set({ state: 'NORMAL' }).execute()
    await set(first, { trainingInterval: 5, minimumNewAnnotations: 1, quietHours: quiet })
    await long(first)
    const count = (await runsOf(first)).length
    await startDueRuns(test.context)
    expect(await runsOf(first)).toHaveLength(count)
    const free = { ...quiet, from: clock(2), to: clock(3) }
    await test.context.db
      .updateTable('projects')
      .set({ algorithm: json({ ...(await projectNow(first)).algorithm, quietHours: free }) })
      .where('id', '=', first)
      .execute()
    await startDueRuns(test.context)
    const [run] = await runsOf(first)
    await set(first, { trainingInterval: 5, minimumNewAnnotations: 1, quietHours: quiet })
    trainer.meanwhile = (signal) => new Promise((resolve) => signal?.addEventListener('abort', () => resolve()))
    await work()
    const paused = (await runsOf(first)).find(({ id }) => id === run?.id)
    expect(paused?.state).toBe('pending')
    expect(Date.parse(paused?.waitsUntil ?? '')).toBeGreaterThan(Date.now())
    expect(await takeRun(test.context.db, 'another')).toBeUndefined()
  })

  it('gives a job to every open run that nobody works on', async () => {
    const offered: string[] = []
    const { jobs } = test.context
    const stand = { ...jobs, enqueue: async (_: unknown, name: string) => void offered.push(name) } as typeof jobs
    await train(projects[1] ?? '')
    await offerRuns({ ...test.context, jobs: stand })
    await takeRun(test.context.db, 'one')
    await offerRuns({ ...test.context, jobs: stand })
    expect(offered).toEqual(['train-model'])
  })
})
