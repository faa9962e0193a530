import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Image, Project } from '@vesalius/contracts'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningProcess, runProcess } from '../testing/run-process.ts'
import { createTestDatabase } from '../testing/test-database.ts'
import { phantomPng } from '../testing/uploads.ts'

const server = process.env.VESALIUS_TEST_DATABASE_URL
const PATIENCE = { timeout: 60_000, interval: 100 }

/** Real processes: what several of them on one database and one folder must do, whoever of them is asked or killed. */
describe.skipIf(!server)('two api and two worker processes on one PostgreSQL server', () => {
  let database: Awaited<ReturnType<typeof createTestDatabase>>
  let folder: string
  let sql: pg.Client
  let apis: RunningProcess[]
  let workers: RunningProcess[]
  let cookie: string
  let project: Project

  const environment = (more: Record<string, string>) => ({
    VESALIUS_DATABASE_URL: database.url,
    VESALIUS_DATA_DIR: folder,
    ...more,
  })
  const call = async (at: RunningProcess | undefined, method: string, path: string, body?: unknown) => {
    const response = await fetch(`${at?.ready}/api/v1${path}`, {
      method,
      headers: {
        cookie,
        ...(body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
    })
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`)
    return response
  }
  const upload = async (at: RunningProcess | undefined, seed: number): Promise<Image> => {
    const form = new FormData()
    form.append('file', new Blob([new Uint8Array(await phantomPng({ seed }))]), 'a.png')
    const response = await call(at, 'POST', `/projects/${project.id}/images`, form)
    const { items } = (await response.json()) as { items: { image: Image }[] }
    return items[0]?.image as Image
  }
  const stateOf = async (at: RunningProcess | undefined, { id }: Image) =>
    ((await (await call(at, 'GET', `/images/${id}`)).json()) as Image).state
  const alive = async () => (await sql.query('SELECT role FROM processes ORDER BY role')).rows.map((row) => row.role)

  beforeAll(async () => {
    database = await createTestDatabase(server as string)
    folder = await mkdtemp(join(tmpdir(), 'vesalius-processes-'))
    sql = new pg.Client({ connectionString: database.url })
    await sql.connect()
    // Long enough to see it, short enough to wait for.
    const drain = { VESALIUS_DRAIN_SECONDS: '2' }
    const roles = ['api', 'api', 'worker', 'worker']
    const started = await Promise.all(roles.map((role) => runProcess(environment({ VESALIUS_ROLE: role, ...drain }))))
    apis = started.slice(0, 2)
    workers = started.slice(2)
    const registered = await fetch(`${apis[0]?.ready}/api/v1/auth/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'ann', email: 'ann@example.org', password: 'correct horse battery' }),
    })
    cookie = registered.headers
      .getSetCookie()
      .map((each) => each.split(';')[0])
      .join('; ')
    const { items } = (await (await call(apis[1], 'GET', '/projects')).json()) as { items: Project[] }
    project = items.find((each) => each.taskType === 1001) as Project
  })

  afterAll(async () => {
    for (const each of [...(apis ?? []), ...(workers ?? [])]) each.kill('SIGKILL')
    await sql?.end()
    await database?.drop()
    if (folder) await rm(folder, { recursive: true, force: true })
  })

  it('start together on an empty database and know of each other', async () => {
    expect(await alive()).toEqual(['api', 'api', 'worker', 'worker'])
  })

  it('tell the listeners of one api process what the other one and the workers did', async () => {
    const listening = new AbortController()
    const stream = await fetch(`${apis[1]?.ready}/api/v1/events`, { headers: { cookie }, signal: listening.signal })
    const image = await upload(apis[0], 1)
    let heard = ''
    const decoder = new TextDecoder()
    for await (const chunk of stream.body as unknown as AsyncIterable<Uint8Array>) {
      heard += decoder.decode(chunk)
      if (heard.includes(image.id) && heard.includes('"state":"NORMAL"')) break
    }
    listening.abort()
    expect(await stateOf(apis[1], image)).toBe('NORMAL')
  })

  it('refuse to start beside others with another secret or another folder', async () => {
    const secret = 'abcdefghijklmnopqrstuvwxyz0123456789'
    const elsewhere = await mkdtemp(join(tmpdir(), 'vesalius-processes-'))
    await writeFile(join(elsewhere, 'secret'), await readFile(join(folder, 'secret')))
    const worker = (more: Record<string, string>) => runProcess(environment({ VESALIUS_ROLE: 'worker', ...more }))
    await Promise.all([
      expect(worker({ VESALIUS_SECRET: secret })).rejects.toThrow(/ended with 1.*another VESALIUS_SECRET/s),
      expect(worker({ VESALIUS_DATA_DIR: elsewhere })).rejects.toThrow(/keeps files elsewhere/),
    ])
    await rm(elsewhere, { recursive: true, force: true })
  })

  it('go on when one worker is killed: what it had taken is done by the other', async () => {
    workers[0]?.kill('SIGKILL')
    const images = await Promise.all([2, 3, 4].map((seed) => upload(apis[seed % 2], seed)))
    for (const image of images) await expect.poll(() => stateOf(apis[0], image), PATIENCE).toBe('NORMAL')
  })

  it('stop in order: no more work, finish, leave; the others serve on', async () => {
    for (const each of [apis[0], workers[1]]) each?.kill('SIGTERM')
    await expect.poll(async () => (await fetch(`${apis[0]?.ready}/readyz`)).status, PATIENCE).toBe(503)
    expect((await call(apis[0], 'GET', '/projects')).status).toBe(200)
    expect(await Promise.all([apis[0]?.exited, workers[1]?.exited])).toEqual([0, 0])
    const waiting = await upload(apis[1], 5)
    expect(await stateOf(apis[1], waiting)).toBe('TO_LABEL')
    workers = [await runProcess(environment({ VESALIUS_ROLE: 'worker', VESALIUS_WORKER_KINDS: 'prelabel' }))]
    await expect.poll(() => stateOf(apis[1], waiting), PATIENCE).toBe('NORMAL')
    // The killed worker is still listed until it has been silent for long enough.
    expect((await alive()).filter((role) => role === 'api')).toEqual(['api'])
  })
})
