import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Its first start makes a database in hundreds of steps. */
const STARTS_WITHIN_MS = 900_000
const USER = 'bench@example.org'
const TOKEN = 'c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00'

export interface LabelStudio {
  readonly pid: number
  readonly startMs: number
  json<Answer>(method: string, path: string, body?: object | FormData): Promise<Answer>
  stop(): Promise<void>
}

export async function newFolder(): Promise<{ path: string; remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'label-studio-'))
  return { path, remove: () => rm(path, { recursive: true, force: true }) }
}

/** The program as `pip install label-studio` brings it: SQLite, one process, loopback. `python`: its environment's. */
export async function startLabelStudio(python: string, folder: string): Promise<LabelStudio> {
  const port = await freePort()
  const started = performance.now()
  const child = spawn(
    join(python, '..', 'label-studio'),
    ['start', '--no-browser', '--port', String(port), '--internal-host', '127.0.0.1', '--data-dir', folder],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: {
        ...process.env,
        ...{ LABEL_STUDIO_USERNAME: USER, LABEL_STUDIO_PASSWORD: 'a long enough password', HOME: folder },
        ...{ LABEL_STUDIO_USER_TOKEN: TOKEN, LABEL_STUDIO_ENABLE_LEGACY_API_TOKEN: 'true' },
        // It is not to tell anybody that it runs.
        ...{ COLLECT_ANALYTICS: 'false', LATEST_VERSION_CHECK: 'false', SENTRY_DSN: '', FRONTEND_SENTRY_DSN: '' },
      },
    },
  )
  let said = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-2000)
  })
  const url = `http://127.0.0.1:${port}`
  await untilHealthy(url, child, () => said)
  return {
    pid: child.pid ?? 0,
    startMs: performance.now() - started,
    json: async (method, path, body) => {
      const isForm = body instanceof FormData
      const response = await fetch(url + path, {
        method,
        headers: {
          authorization: `Token ${TOKEN}`,
          ...(isForm || !body ? {} : { 'content-type': 'application/json' }),
        },
        ...(body ? { body: isForm ? body : JSON.stringify(body) } : {}),
      })
      const text = await response.text()
      if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text.slice(0, 400)}`)
      return JSON.parse(text)
    },
    stop: async () => {
      const exit = once(child, 'exit')
      child.kill('SIGTERM')
      await exit
    },
  }
}

async function untilHealthy(url: string, child: ChildProcess, said: () => string): Promise<void> {
  const end = Date.now() + STARTS_WITHIN_MS
  for (;;) {
    const isThere = await fetch(`${url}/health`).then(
      ({ ok }) => ok,
      () => false,
    )
    if (isThere) return
    if (child.exitCode !== null || Date.now() > end) throw new Error(`Label Studio did not start: ${said()}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return port
}
