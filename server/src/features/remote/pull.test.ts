import { createHash } from 'node:crypto'
import { type Image, type Route, type Run, routes, type WorkerJob } from '@vesalius/contracts'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { goRemote, type Headers, imageOf, REMOTE_ENVIRONMENT, until } from '../../testing/remote-world.ts'
import { openTestApp, signUp, type TestApp } from '../../testing/test-app.ts'
import { phantomPng, uploadImage } from '../../testing/uploads.ts'
import { expireQuestions, takeBackLeases } from './watch-jobs.ts'

let test: TestApp
let owner: Headers
let projectId: string
let worker: Headers

beforeAll(async () => {
  test = await openTestApp({ worker: true, environment: REMOTE_ENVIRONMENT })
  owner = await signUp(test.app, 'owner')
})
afterAll(() => test.close())
beforeEach(async () => {
  projectId = await newProject('pull')
  worker = await newWorker(projectId)
})

const api = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: object, headers: Headers = owner) =>
  test.app.inject({ method, url: `/api/v1${url}`, headers, ...(payload ? { payload } : {}) })
async function newProject(kind: string): Promise<string> {
  const payload = { name: 'Discs', taskType: 1001, classes: ['dark', 'bright'] }
  const { id } = (await api('POST', '/projects', payload)).json()
  await goRemote(test, owner, id, { kind })
  return id
}
async function newWorker(of: string): Promise<Headers> {
  const made = await api('POST', `/projects/${of}/worker-tokens`, { name: 'GPU', expiresInDays: 30 })
  return { authorization: `Bearer ${made.json().secret}` }
}
let seed = 0
async function newImage(): Promise<Image> {
  seed += 1
  return uploadImage(test.app, owner, projectId, { bytes: await phantomPng({ seed }) })
}
const come = async (kinds = ['prelabel'], headers = worker): Promise<WorkerJob | null> =>
  (await api('POST', '/worker/jobs', { kinds, name: 'test' }, headers)).json().job
const comeUntil = (kinds = ['prelabel'], headers = worker) => until(() => come(kinds, headers))
const at = ({ id, lease }: WorkerJob, what: string) => `/worker/jobs/${id}/${what}?lease=${lease}`
const sure = (value: number) => ({ predictions: [{ probabilities: [1 - value, value] }] })

describe('a worker that comes for work', () => {
  it('gets an image, says what it sees, and gets no job twice', async () => {
    const image = await newImage()
    const job = await comeUntil()
    expect(job).toMatchObject({ kind: 'prelabel', image: { id: image.id }, classes: ['dark', 'bright'], model: null })
    expect(JSON.stringify(job)).not.toContain(image.name)
    expect(await come()).toBeNull()
    const file = await api('GET', at(job, 'image'), undefined, worker)
    expect([file.statusCode, file.headers['content-type']]).toEqual([200, 'image/png'])
    expect((await api('POST', at(job, 'heartbeat'), {}, worker)).statusCode).toBe(200)
    expect((await api('POST', at(job, 'answer'), sure(2), worker)).statusCode).toBe(422)
    expect((await api('POST', at(job, 'answer'), sure(0.9), worker)).json()).toEqual({ state: 'succeeded' })
    expect((await imageOf(test, owner, image.id)).state).toBe('NORMAL')
    expect((await api('POST', at(job, 'answer'), sure(0.1), worker)).statusCode).toBe(409)
    expect((await api('GET', `/images/${image.id}/label`)).json().data.value).toBeCloseTo(0.9)
  })

  it('loses a job when it is silent: another gets it, and the first may say nothing more', async () => {
    const image = await newImage()
    const first = await comeUntil()
    await sql`UPDATE remote_jobs SET lease_until = now() - interval '1 second' WHERE id = ${first.id}`.execute(
      test.context.db,
    )
    await takeBackLeases(test.context)
    const second = await comeUntil()
    expect([second.id, second.lease === first.lease]).toEqual([first.id, false])
    expect((await api('POST', at(first, 'heartbeat'), {}, worker)).statusCode).toBe(409)
    expect((await api('POST', at(first, 'answer'), sure(0.9), worker)).statusCode).toBe(409)
    expect((await api('POST', at(second, 'answer'), sure(0.2), worker)).statusCode).toBe(200)
    expect((await api('GET', `/images/${image.id}/label`)).json().data.value).toBeCloseTo(0.2)
  })

  it('that makes workers vanish again and again fails with a reason', async () => {
    const image = await newImage()
    for (let time = 0; time < 5; time += 1) {
      const job = await comeUntil()
      await sql`UPDATE remote_jobs SET lease_until = now() - interval '1 second' WHERE id = ${job.id}`.execute(
        test.context.db,
      )
      await takeBackLeases(test.context)
    }
    await expireQuestions(test.context)
    expect((await imageOf(test, owner, image.id)).problem?.message).toContain('said nothing more')
    expect(await come()).toBeNull()
  })

  it('tells why it cannot, for itself or for all', async () => {
    const image = await newImage()
    const job = await comeUntil()
    await api('POST', at(job, 'failure'), { reason: 'My disk is full', isForOthers: true }, worker)
    const again = await comeUntil()
    expect(again.id).toBe(job.id)
    await api('POST', at(again, 'failure'), { reason: 'The picture is odd' }, worker)
    expect((await imageOf(test, owner, image.id)).problem?.message).toContain('The picture is odd')
  })

  it('sees nothing of other projects, and nothing once its token is revoked', async () => {
    await newImage()
    const job = await comeUntil()
    const other = await newWorker(await newProject('pull'))
    expect(await come(['prelabel', 'training'], other)).toBeNull()
    expect((await api('GET', at(job, 'image'), undefined, other)).statusCode).toBe(404)
    expect((await api('POST', at(job, 'answer'), sure(0.5), other)).statusCode).toBe(404)
    expect((await api('GET', at(job, 'image'))).statusCode).toBe(404)
    expect((await api('GET', '/projects', undefined, worker)).statusCode).toBe(401)
    const { items } = (await api('GET', `/projects/${projectId}/worker-tokens`)).json()
    expect(items).toMatchObject([{ name: 'GPU', lastUsedBy: 'test', lastUsedAt: expect.any(String) }])
    await api('DELETE', `/projects/${projectId}/worker-tokens/${items[0].id}`)
    expect((await api('GET', at(job, 'image'), undefined, worker)).statusCode).toBe(401)
    worker = await newWorker(projectId)
    expect((await comeUntil()).id).toBe(job.id)
  })

  it('of an organisation works for all its projects and for no other', async () => {
    const { id: organisationId } = (await api('POST', '/organisations', { name: `O${seed}` })).json()
    const made = await api('POST', `/organisations/${organisationId}/worker-tokens`, { name: 'G', expiresInDays: null })
    const headers = { authorization: `Bearer ${made.json().secret}` }
    await newImage()
    expect(await come(['prelabel'], headers)).toBeNull()
    await api('POST', `/projects/${projectId}/transfer`, { organisationId })
    expect((await comeUntil(['prelabel'], headers)).projectId).toBe(projectId)
  })
})

describe('a training elsewhere', () => {
  const runNow = async (run: Run): Promise<Run> => (await api('GET', `/runs/${run.id}`)).json()
  async function startTraining(): Promise<Run> {
    projectId = await newProject('worker')
    worker = await newWorker(projectId)
    for (let index = 0; index < 8; index += 1) {
      const image = await newImage()
      await until(async () => (await imageOf(test, owner, image.id)).state === 'NORMAL')
      const label = { type: 1001, data: { key: { 0: 'dark', 1: 'bright' }, value: index % 2 } }
      await api('PUT', `/images/${image.id}/label`, label)
    }
    return (await api('POST', `/projects/${projectId}/runs`, {})).json()
  }

  it('hands out pictures and labels, shows how far it is, takes no false model, and ends with a reason', async () => {
    const run = await startTraining()
    const job = await comeUntil(['training'])
    if (job.kind !== 'training') throw new Error('no training')
    expect(job).toMatchObject({ runId: run.id, backbone: 'compact', model: null })
    const { items } = (await api('GET', `${at(job, 'items')}&from=0&limit=3`, undefined, worker)).json()
    expect(items).toHaveLength(3)
    expect(items[0]).toMatchObject({ value: expect.any(Number), frame: 0, type: 'png' })
    const picture = await api('GET', at(job, 'items/0/file'), undefined, worker)
    expect(createHash('sha256').update(picture.rawPayload).digest('hex')).toBe(items[0].contentHash)
    const progress = {
      phase: 'training',
      fraction: 0.5,
      epoch: 1,
      epochs: 2,
      step: 3,
      loss: 0.4,
      imagesPerSecond: 9,
      secondsLeft: 5,
    }
    const point = {
      epoch: 1,
      seconds: 1,
      trainLoss: 0.5,
      trainAccuracy: 0.5,
      validationLoss: null,
      validationAccuracy: null,
      learningRate: 0.1,
    }
    await api('POST', at(job, 'heartbeat'), { progress, points: [point] }, worker)
    const shown = await until(async () => {
      const now = await runNow(run)
      return now.progress.fraction === 0.5 && now.curve.length === 1 && now
    })
    expect(shown.state).toBe('running')
    const bytes = Buffer.from('this is no model')
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const put = (hash: string) =>
      test.app.inject({
        method: 'PUT',
        url: `/api/v1${at(job, 'model')}&sha256=${hash}`,
        headers: { ...worker, 'content-type': 'application/octet-stream' },
        payload: bytes,
      })
    expect((await put(sha256.replace(/^./, (c) => (c === '0' ? '1' : '0')))).statusCode).toBe(422)
    expect((await put(sha256)).json()).toEqual({ byteSize: bytes.length })
    const outcome = {
      metrics: null,
      imageSize: 32,
      trainingImages: 6,
      validationImages: 2,
      epochs: 2,
      seconds: 1,
      skipped: [],
    }
    const done = (hash: string) => api('POST', at(job, 'outcome'), { ...outcome, sha256: hash }, worker)
    expect((await done('0'.repeat(64))).statusCode).toBe(422)
    expect((await done(sha256)).json()).toEqual({ state: 'succeeded' })
    const ended = await until(async () => {
      const now = await runNow(run)
      return now.state === 'failed' && now
    })
    expect(ended.error?.code).toBe('MODEL_UNUSABLE')
    expect((await api('GET', `/projects/${projectId}/models`)).json().items).toEqual([])
  })

  it('stops when a person cancels it, and the worker hears so', async () => {
    const run = await startTraining()
    const job = await comeUntil(['training'])
    await api('DELETE', `/runs/${run.id}`)
    await until(async () => (await runNow(run)).state === 'cancelled')
    expect((await api('POST', at(job, 'heartbeat'), {}, worker)).statusCode).toBe(409)
    expect(await come(['training'])).toBeNull()
  })

  it('fails with what the worker says', async () => {
    const run = await startTraining()
    const job = await comeUntil(['training'])
    await api('POST', at(job, 'failure'), { reason: 'It diverged', code: 'TRAINING_DIVERGED' }, worker)
    const ended = await until(async () => {
      const now = await runNow(run)
      return now.state === 'failed' && now
    })
    expect(ended.error).toEqual({ code: 'TRAINING_DIVERGED', message: 'It diverged.' })
  })
})

it('every route for workers is refused without a token, before anything is read', async () => {
  const ofWorkers = (Object.values(routes) as Route[]).filter(({ access }) => access === 'worker')
  expect(ofWorkers.length).toBeGreaterThan(8)
  for (const { method, path } of ofWorkers) {
    const url = `/api/v1${path.replace(':remoteJobId', '00000000-0000-7000-8000-000000000000').replace(':position', '0')}`
    expect((await test.app.inject({ method, url })).statusCode, path).toBe(401)
  }
})
