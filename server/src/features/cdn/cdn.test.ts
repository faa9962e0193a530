import { type ChildProcess, spawn } from 'node:child_process'
import { createHash, createHmac } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Image } from '@vesalius/contracts'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openStrangeServer, type StrangeServer } from '../../testing/remote-world.ts'
import { openTestApp, signUp, type TestApp } from '../../testing/test-app.ts'
import { projectOf, uploadImage } from '../../testing/uploads.ts'
import { cdnAddressOf } from './cdn-address.ts'
import { purgeCdn } from './purge-cdn.ts'

const NGINX = ['/usr/sbin/nginx', '/usr/bin/nginx'].find(existsSync)

let test: TestApp
let purged: StrangeServer
let cdn: string
let ann: { cookie: string }
let image: Image

beforeAll(async () => {
  purged = await openStrangeServer()
  cdn = `http://127.0.0.1:${await freePort()}`
  test = await openTestApp({
    environment: {
      VESALIUS_CDN_URL: `${cdn}/`,
      VESALIUS_CDN_ALIYUN_SECRET: 'aliyuncdnexp1234',
      VESALIUS_CDN_PURGE_URL: `${purged.url}/purge`,
      VESALIUS_CDN_PURGE_SECRET: 'let-me',
    },
  })
  ann = await signUp(test.app, 'ann')
  image = await uploadImage(test.app, ann, await projectOf(test.app, ann, 1001))
})
afterAll(async () => {
  await test.close()
  await purged.close()
})

const get = (url: string, headers: Record<string, string> = {}) => test.app.inject({ url, headers })
const previewOf = ({ id }: { id: string }, headers = ann) => get(`/api/v1/images/${id}/preview?width=64`, headers)
async function addressOf(of: Image): Promise<URL> {
  const { statusCode, headers } = await previewOf(of)
  expect(statusCode).toBe(302)
  return new URL(String(headers.location))
}
const atOrigin = (url: URL) => get(url.pathname + url.search)

describe('an image at the CDN', () => {
  it('is there for whoever may see it, by an address of its content that ends', async () => {
    const address = await addressOf(image)
    expect([address.origin, address.pathname]).toEqual([cdn, `/cdn/${image.id}/${image.contentHash}/0/64.webp`])
    expect((await previewOf(image, await signUp(test.app, 'eve'))).statusCode).toBe(404)
    const { statusCode, headers } = await atOrigin(address)
    expect([statusCode, headers['content-type']]).toEqual([200, 'image/webp'])
    expect(headers).toMatchObject({
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
    })
    const [, seconds] = /^public, max-age=(\d+), immutable$/.exec(String(headers['cache-control'])) ?? []
    expect(Number(seconds)).toBeGreaterThan(890)
    expect(Number(seconds)).toBeLessThanOrEqual(1800)
    expect((await addressOf(image)).search).toBe(address.search)
  })

  it('is not there by an address that is forged, of something else, or has ended', async () => {
    const address = await addressOf(image)
    const other = await uploadImage(test.app, ann, await projectOf(test.app, ann, 1001))
    const wrong = [
      address.pathname,
      `${address.pathname}?expires=99999999999&signature=${address.searchParams.get('signature')}`,
      `${address.pathname.replace('/64.', '/65.')}${address.search}`,
      `${address.pathname.replace(image.id, other.id)}${address.search}`,
      `${address.pathname.replace('.webp', '.png')}${address.search}`,
    ]
    for (const url of wrong) expect([404, 422], url).toContain((await get(url)).statusCode)
    const settings = test.context.config.cdn!
    const old = new URL(
      cdnAddressOf(settings, test.context.sealKey, address.pathname, new Date(Date.now() - 2 * 900_000)),
    )
    expect((await atOrigin(old)).statusCode).toBe(404)
  })

  it('has an address that the edge of Aliyun can check by its own rule', async () => {
    const address = await addressOf(image)
    const [timestamp, rand, uid, hash] = address.searchParams.get('auth_key')!.split('-')
    const signed = `${address.pathname}-${timestamp}-${rand}-${uid}-aliyuncdnexp1234`
    expect(hash).toBe(createHash('md5').update(signed).digest('hex'))
    expect(timestamp).toBe(address.searchParams.get('expires'))
  })

  it('may be shown by our pages', async () => {
    const policy = String((await get('/')).headers['content-security-policy'])
    expect(policy).toContain(`img-src 'self' blob: data: ${cdn};`)
    expect(policy).toContain(`connect-src 'self' ${cdn};`)
  })

  it('is dropped when it is deleted, once the CDN has agreed, and then comes from here only', async () => {
    const settings = test.context.config.cdn!
    const drop = () => purgeCdn(test.context.db, settings)
    await drop()
    const gone = await uploadImage(test.app, ann, await projectOf(test.app, ann, 1001))
    const address = await addressOf(gone)
    await test.app.inject({ method: 'DELETE', url: `/api/v1/images/${gone.id}`, headers: ann })
    purged.answer = () => ({ status: 500 })
    await expect(drop()).rejects.toThrow('500')
    purged.answer = () => ({ status: 200 })
    await drop()
    await drop()
    const [refused, agreed, ...more] = purged.heard
    expect([refused!.body, more.length]).toEqual([agreed!.body, 0])
    expect(JSON.parse(agreed!.body)).toEqual({ prefixes: [`${new URL(cdn).host}/cdn/${gone.id}/`] })
    expect(agreed!.headers.authorization).toBe('Bearer let-me')
    expect((await atOrigin(address)).statusCode).toBe(404)
    expect((await previewOf(gone)).statusCode).toBe(200)
  })
})

it('Aliyun is asked by its own API, in a request whose signature it can check', async () => {
  const keySecret = 'a secret of a key'
  const aliyun = { keyId: 'LTAI-test', keySecret }
  const settings = { ...test.context.config.cdn!, purge: { url: `${purged.url}/`, token: null, aliyun } }
  const gone = await uploadImage(test.app, ann, await projectOf(test.app, ann, 1001))
  await test.app.inject({ method: 'DELETE', url: `/api/v1/images/${gone.id}`, headers: ann })
  purged.heard.length = 0
  purged.answer = () => ({ status: 200 })
  await purgeCdn(test.context.db, settings)
  const [asked] = purged.heard
  const { searchParams, search } = new URL(asked!.path, purged.url)
  expect(Object.fromEntries(searchParams)).toEqual({
    ObjectPath: `${cdn}/cdn/${gone.id}/`,
    ObjectType: 'Directory',
  })
  expect(asked!.headers).toMatchObject({ 'x-acs-action': 'RefreshObjectCaches', 'x-acs-version': '2018-05-10' })
  const [, keyId, names = '', signature] =
    /^ACS3-HMAC-SHA256 Credential=(.+),SignedHeaders=(.+),Signature=([0-9a-f]{64})$/.exec(
      String(asked!.headers.authorization),
    ) ?? []
  const lines = names.split(';').map((name) => `${name}:${asked!.headers[name]}\n`)
  const hash = (value: string) => createHash('sha256').update(value).digest('hex')
  const request = ['POST', '/', search.slice(1), lines.join(''), names, hash(asked!.body)].join('\n')
  const expected = createHmac('sha256', keySecret)
    .update(`ACS3-HMAC-SHA256\n${hash(request)}`)
    .digest('hex')
  expect([keyId, signature]).toEqual(['LTAI-test', expected])
})

describe.skipIf(!NGINX)('nginx in the place of a CDN (skipped where there is none)', () => {
  let nginx: ChildProcess
  let folder: string
  beforeAll(async () => {
    const origin = await test.app.listen({ host: '127.0.0.1', port: 0 })
    folder = await mkdtemp(join(tmpdir(), 'vesalius-cdn-'))
    const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
      (name) => `${name}_temp_path ${folder}/${name};`,
    )
    await writeFile(
      join(folder, 'nginx.conf'),
      `daemon off; user root; pid ${folder}/pid; error_log ${folder}/error.log; events {}
      http { access_log off; ${paths.join(' ')}
        proxy_cache_path ${folder}/cache keys_zone=cdn:1m;
        server { listen ${new URL(cdn).host};
          location /cdn/ { proxy_pass ${origin}; proxy_cache cdn; proxy_cache_key $uri$is_args$args;
            proxy_set_header Cookie ""; add_header x-cache $upstream_cache_status always; } } }`,
    )
    nginx = spawn(NGINX as string, ['-p', folder, '-c', join(folder, 'nginx.conf')], { stdio: 'ignore' })
    await vi.waitFor(() => fetch(cdn), { timeout: 60_000, interval: 100 })
  })
  afterAll(async () => {
    nginx?.kill('SIGTERM')
    await rm(folder, { recursive: true, force: true })
  })

  it('gives the picture once from here and then from its cache, and nothing without a signature', async () => {
    const address = await addressOf(image)
    const seen = []
    for (let count = 0; count < 3; count += 1) {
      const answer = await fetch(address, { headers: { cookie: ann.cookie } })
      await answer.arrayBuffer()
      seen.push([answer.status, answer.headers.get('x-cache')])
    }
    expect(seen).toEqual([
      [200, 'MISS'],
      [200, 'HIT'],
      [200, 'HIT'],
    ])
    expect((await fetch(cdn + address.pathname)).status).toBe(422)
  })
})

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}
