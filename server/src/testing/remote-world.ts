import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { Image, PushMessage } from '@vesalius/contracts'
import { signMessage } from '../features/remote/webhook-signature.ts'
import type { TestApp } from './test-app.ts'

/** A server of somebody else on loopback that keeps what it was sent. */
export interface StrangeServer {
  url: string
  heard: { path: string; headers: IncomingHttpHeaders; body: string }[]
  /** What it answers. */
  answer: (path: string, body: string) => { status: number; body?: string | object }
  close(): Promise<void>
}

export async function openStrangeServer(): Promise<StrangeServer> {
  const strange: Omit<StrangeServer, 'url' | 'close'> = { heard: [], answer: () => ({ status: 202 }) }
  const server: Server = createServer(async (request, response) => {
    const body = await text(request)
    const path = request.url ?? ''
    strange.heard.push({ path, headers: request.headers, body })
    const { status, body: said = '' } = opened.answer(path, body)
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(typeof said === 'string' || said instanceof Uint8Array ? said : JSON.stringify(said))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const opened: StrangeServer = {
    ...strange,
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return opened
}

/** Settings of a test in which our server may call loopback, and be called back. */
export const REMOTE_ENVIRONMENT = {
  VESALIUS_OUTGOING_ALLOW: '127.0.0.1',
  VESALIUS_PUBLIC_URL: 'http://vesalius.test',
}

export type Headers = Record<string, string>

/** Sets a project up for a server; the strategy is `remote` from then on. Answers the secret. */
export async function goRemote(
  { app }: Pick<TestApp, 'app'>,
  headers: Headers,
  projectId: string,
  settings: object,
): Promise<string> {
  const base = `/api/v1/projects/${projectId}`
  const put = await app.inject({ method: 'PUT', url: `${base}/remote`, headers, payload: settings })
  if (put.statusCode !== 200) throw new Error(put.body)
  const { secret } = (await app.inject({ method: 'POST', url: `${base}/remote/secrets`, headers })).json()
  const algorithm = (await app.inject({ url: `${base}/algorithm`, headers })).json()
  const set = await app.inject({
    method: 'PUT',
    url: `${base}/algorithm`,
    headers,
    payload: { ...algorithm, strategy: 'remote' },
  })
  if (set.statusCode !== 200) throw new Error(set.body)
  return secret
}

/** Sends a signed message to the call-back of a job. */
export function callBack(
  { app }: Pick<TestApp, 'app'>,
  message: Pick<PushMessage['data'], 'callback'>,
  { secret, id, body, now = new Date() }: { secret: string; id: string; body: object | string; now?: Date },
) {
  const payload = typeof body === 'string' ? body : JSON.stringify(body)
  return app.inject({
    method: 'POST',
    url: new URL(message.callback.url).pathname,
    headers: { 'content-type': 'application/json', ...signMessage([secret], { id, body: payload, now }) },
    payload,
  })
}

/** Waits until something is so, looking again and again for at most two minutes. */
export async function until<Value>(look: () => Promise<Value | null | undefined | false>): Promise<Value> {
  for (let tries = 0; tries < 2400; tries += 1) {
    const found = await look()
    if (found) return found
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('it did not come about in time')
}

export const imageOf = async ({ app }: Pick<TestApp, 'app'>, headers: Headers, id: string): Promise<Image> =>
  (await app.inject({ url: `/api/v1/images/${id}`, headers })).json()
