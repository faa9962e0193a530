import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, expect, it } from 'vitest'
import { createAddressGuard } from './address-guard.ts'
import { createOutgoing } from './outgoing.ts'

const servers: Server[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
})

async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  servers.push(server)
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

const bounds = { timeoutMs: 5000, maxBytes: 1000 }
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'answered',
    (error) => error.code,
  )

it.each([
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '127.0.0.1',
  '169.254.169.254',
  '172.31.255.255',
  '192.168.0.1',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:8.8.8.8',
  '64:ff9b::7f00:1',
  '2001:db8::1',
  '2002:7f00:1::1',
  'fc00::1',
  'fe80::1',
  'ff02::1',
  'no address',
])('%s is no public address', (address) => {
  expect(createAddressGuard([]).isAllowed(address, 'name')).toBe(false)
})

it('public addresses may be called, and those the configuration names by host, address or range', () => {
  const guard = createAddressGuard(['store.local', '10.0.0.0/8', 'fd00::/8', '127.0.0.1'])
  const allowed = ['8.8.8.8', '2606:4700::1111', '10.9.9.9', 'fd00::5', '127.0.0.1']
  expect(allowed.map((address) => guard.isAllowed(address, 'x'))).toEqual(allowed.map(() => true))
  expect(guard.isAllowed('192.168.1.1', 'Store.local')).toBe(true)
  expect(['127.0.0.2', '192.168.1.1', '::1'].map((address) => guard.isAllowed(address, 'x'))).toEqual([
    false,
    false,
    false,
  ])
  expect(() => createAddressGuard(['10.0.0.0/40'])).toThrow('10.0.0.0/40')
  expect(() => createAddressGuard(['http://x'])).toThrow('http://x')
})

it('refuses loopback in every way of writing it, other schemes, and names in addresses', async () => {
  const port = await serve((_, response) => response.end('secret'))
  const { request } = createOutgoing([])
  for (const host of [
    '127.0.0.1',
    '127.1',
    '0x7f000001',
    '2130706433',
    '0',
    '[::1]',
    '[::ffff:127.0.0.1]',
    'localhost',
  ]) {
    expect(await codeOf(request(`http://${host}:${port}/`, bounds)), host).toBe('OUTGOING_REFUSED')
  }
  for (const url of ['file:///etc/passwd', 'ftp://example.org/x', 'http://a:b@example.org/', 'nonsense']) {
    expect(await codeOf(request(url, bounds)), url).toBe('OUTGOING_REFUSED')
  }
})

it('refuses a name of which one address is inside, and connects to the address it checked, asking once', async () => {
  const port = await serve((request, response) => response.end(request.headers.host))
  const asked: string[] = []
  const answers: Record<string, string[]> = { 'mixed.test': ['8.8.8.8', '10.0.0.1'], 'own.test': ['127.0.0.1'] }
  const outgoing = createOutgoing(['own.test'], async (host) => {
    asked.push(host)
    return (answers[host] ?? []).map((address) => ({ address, family: 4 }))
  })
  expect(await codeOf(outgoing.request('http://mixed.test/', bounds))).toBe('OUTGOING_REFUSED')
  expect(await codeOf(outgoing.request('http://missing.test/', bounds))).toBe('OUTGOING_FAILED')
  const answer = await outgoing.request(`http://own.test:${port}/`, bounds)
  expect(await text(answer.body)).toBe(`own.test:${port}`)
  expect(asked.filter((host) => host === 'own.test')).toHaveLength(1)
})

it('checks each redirect, and leaves credentials behind when it leads elsewhere', async () => {
  let seen: IncomingMessage['headers'] = {}
  const there = await serve((request, response) => {
    seen = request.headers
    response.end('there')
  })
  const here = await serve((request, response) => {
    const target =
      request.url === '/inside' ? 'http://10.0.0.1/' : request.url === '/loop' ? '/loop' : `http://127.0.0.1:${there}/`
    response.writeHead(302, { location: target }).end()
  })
  const { request } = createOutgoing(['127.0.0.1'])
  const headers = { authorization: 'Bearer x', 'x-kept': 'yes' }
  const answer = await request(`http://127.0.0.1:${here}/`, { ...bounds, headers })
  expect([await text(answer.body), answer.url.port]).toEqual(['there', String(there)])
  expect([seen.authorization, seen['x-kept']]).toEqual([undefined, 'yes'])
  expect(await codeOf(request(`http://127.0.0.1:${here}/inside`, bounds))).toBe('OUTGOING_REFUSED')
  expect(await codeOf(request(`http://127.0.0.1:${here}/loop`, bounds))).toBe('OUTGOING_FAILED')
  const kept = await request(`http://127.0.0.1:${here}/`, { ...bounds, maxRedirects: 0 })
  kept.body.resume()
  expect(kept.status).toBe(302)
})

it('stops at the size and the time it was given, and tells when an answer breaks off', async () => {
  const port = await serve((request, response) => {
    if (request.url === '/large') response.end(Buffer.alloc(2000))
    else if (request.url === '/endless') {
      response.write(Buffer.alloc(600))
      setImmediate(() => response.write(Buffer.alloc(600)))
    } else if (request.url === '/broken') {
      response.writeHead(200, { 'content-length': 500 }).write('x')
      setImmediate(() => response.destroy())
    }
  })
  const { request } = createOutgoing(['127.0.0.1'])
  const read = async (path: string, options = bounds) =>
    text((await request(`http://127.0.0.1:${port}${path}`, options)).body)
  expect(await codeOf(read('/large'))).toBe('OUTGOING_FAILED')
  expect(await codeOf(read('/endless'))).toBe('OUTGOING_FAILED')
  expect(await codeOf(read('/broken'))).toBe('OUTGOING_FAILED')
  expect(await codeOf(read('/silent', { ...bounds, timeoutMs: 50 }))).toBe('OUTGOING_FAILED')
})

it('sends a body as it is, once', async () => {
  const port = await serve(async (request, response) =>
    response.writeHead(307, { location: '/again' }).end(await text(request)),
  )
  const { request } = createOutgoing(['127.0.0.1'])
  const answer = await request(`http://127.0.0.1:${port}/`, { ...bounds, method: 'POST', body: 'grüß' })
  expect([answer.status, await text(answer.body)]).toEqual([307, 'grüß'])
})
