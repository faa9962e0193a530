import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Image } from '@vesalius/contracts'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { buildApp } from '../app.ts'
import { openTestApp, signUp, type TestApp } from '../testing/test-app.ts'
import { phantomPng, projectOf, uploadImage } from '../testing/uploads.ts'

const FOLDER = fileURLToPath(new URL('../../../deploy/nginx/', import.meta.url))
const NGINX = ['/usr/sbin/nginx', '/usr/bin/nginx'].find(existsSync)
const MIME = '/etc/nginx/mime.types'

/** Our configuration in a real nginx, in front of two api processes (here two servers on one database). */
describe.skipIf(!NGINX)('nginx in front (skipped where there is none)', () => {
  let test: TestApp
  let second: FastifyInstance
  let nginx: ChildProcess
  let folder: string
  let url: string
  let ann: { cookie: string }
  let eve: { cookie: string }
  let project: string
  let hers: Image
  let own: Image

  beforeAll(async () => {
    test = await openTestApp({ environment: { VESALIUS_TRUSTED_PROXIES: '127.0.0.1' } })
    second = await buildApp(test.context)
    const first = new URL(await test.app.listen({ host: '127.0.0.1', port: 0 })).host
    const other = new URL(await second.listen({ host: '127.0.0.1', port: 0 })).host
    folder = await mkdtemp(join(tmpdir(), 'vesalius-nginx-'))
    const port = await freePort()
    const filled = (await readFile(join(FOLDER, 'nginx.conf'), 'utf8'))
      .replaceAll('api-1:8080', first)
      .replaceAll('api-2:8080', other)
      .replace('listen 8080', `listen 127.0.0.1:${port}`)
      .replaceAll('/tmp/nginx', `${folder}/nginx`)
      .replace('/dev/stdout', join(folder, 'access.log'))
    await writeFile(join(folder, 'nginx.conf'), `daemon off;\nuser root;\n${filled}`)
    await copyFile(join(FOLDER, 'vesalius.conf'), join(folder, 'vesalius.conf'))
    await copyFile(MIME, join(folder, 'mime.types'))
    nginx = spawn(NGINX as string, ['-p', folder, '-c', join(folder, 'nginx.conf')], { stdio: 'ignore' })
    url = `http://127.0.0.1:${port}`
    await vi.waitFor(() => fetch(url), { timeout: 60_000, interval: 100 })
    ann = await signUp(test.app, 'ann')
    eve = await signUp(test.app, 'eve')
    project = await projectOf(test.app, ann, 1001)
    hers = await uploadImage(test.app, ann, project, { bytes: await phantomPng({ seed: 1 }) })
    own = await uploadImage(test.app, eve, await projectOf(test.app, eve, 1001), {
      bytes: await phantomPng({ seed: 2 }),
    })
  })
  afterAll(async () => {
    nginx?.kill('SIGTERM')
    await second?.close()
    await test?.close()
    if (folder) await rm(folder, { recursive: true, force: true })
  })

  it('is valid with the TLS server too', async () => {
    const [key, crt] = [join(folder, 'tls.key'), join(folder, 'tls.crt')]
    const ask = [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-subj',
      '/CN=x',
      '-days',
      '1',
      '-keyout',
      key,
      '-out',
      crt,
    ]
    execFileSync('openssl', ask, { stdio: 'ignore' })
    const plain = await readFile(join(folder, 'nginx.conf'), 'utf8')
    const secure = plain
      .replace(/^ {2}# ( *)((server|listen|server_name|ssl|add_header|include|\}).*)$/gm, '  $1$2')
      .replaceAll('/etc/nginx/tls', folder)
      .replace('listen 8443', `listen 127.0.0.1:${await freePort()}`)
    expect(secure).toContain('\n    ssl_certificate ')
    await writeFile(join(folder, 'secure.conf'), secure)
    const checked = spawnSync(NGINX as string, ['-t', '-q', '-p', folder, '-c', join(folder, 'secure.conf')])
    expect([checked.status, checked.stderr.toString()]).toEqual([0, ''])
  })

  it('gives previews from its cache to those who may see them, and to nobody else', async () => {
    const at = `${url}/api/v1/images/${hers.id}/preview?width=64`
    const fetched = [await fetch(at, { headers: ann }), await fetch(at, { headers: ann })]
    const bodies = await Promise.all(fetched.map((answer) => answer.arrayBuffer()))
    expect(fetched.map((answer) => [answer.status, answer.headers.get('x-cache')])).toEqual([
      [200, 'MISS'],
      [200, 'HIT'],
    ])
    expect(Buffer.from(bodies[0] as ArrayBuffer).equals(Buffer.from(bodies[1] as ArrayBuffer))).toBe(true)
    const stranger = await fetch(at, { headers: eve })
    expect([stranger.status, (await stranger.json()).code]).toEqual([404, 'NOT_FOUND'])
    expect((await fetch(at)).status).toBe(401)
    const tag = fetched[0]?.headers.get('etag') ?? ''
    expect((await fetch(at, { headers: { ...ann, 'if-none-match': tag } })).status).toBe(304)
  })

  it('passes uploads on as they come and events at once', async () => {
    const listening = new AbortController()
    const stream = await fetch(`${url}/api/v1/events`, { headers: ann, signal: listening.signal })
    const form = new FormData()
    form.append('file', new Blob([new Uint8Array(await phantomPng({ width: 1500, height: 1500, seed: 3 }))]), 'a.png')
    const sent = await fetch(`${url}/api/v1/projects/${project}/images`, { method: 'POST', headers: ann, body: form })
    const { items } = (await sent.json()) as { items: { image: Image }[] }
    expect(sent.status).toBe(201)
    let heard = ''
    for await (const chunk of stream.body as unknown as AsyncIterable<Uint8Array>) {
      heard += Buffer.from(chunk).toString()
      if (heard.includes(items[0]?.image.id ?? '?')) break
    }
    listening.abort()
  })

  it('shows no path, however it is written, to whom it is not allowed', async () => {
    const mine = `/api/v1/images/${own.id}`
    const target = `/api/v1/images/${hers.id}`
    const steps = ['..', '%2e%2e', '.%2e', '%2E.', '..;', '..%00', '%252e%252e', '..%5c', '..\\']
    const slashes = ['/', '//', '%2f', '%5c', '\\', '/./', ';/']
    const paths = [
      '/metrics',
      '//metrics',
      '/./metrics',
      '/x/../metrics',
      '/%6detrics',
      '/METRICS',
      '/_may_see',
      '/_denied',
    ]
    for (const step of steps) {
      for (const slash of slashes) {
        for (const what of ['preview?width=64', 'file', 'label']) {
          paths.push(`${mine}${slash}${step}${slash}${hers.id}${slash}${what}`)
          paths.push(`/api/v1/images${slash}${own.id}${slash}${step}${slash}${hers.id}/${what}`)
          paths.push(`/x${slash}${step}${target}/${what}`)
        }
      }
    }
    for (const what of [
      'preview?width=64',
      'preview%3fwidth=64',
      'Preview?width=64',
      'preview/?width=64',
      'preview;a?width=64',
      'tiles/0/0/0',
    ]) {
      paths.push(`${target}/${what}`, `${target.toUpperCase()}/${what}`, `${target}/%70review?width=64`)
    }
    const { request } = await import('node:http')
    const { port } = new URL(url)
    // As written: fetch would tidy the path.
    const statusOf = (path: string) =>
      new Promise<number>((resolve, reject) => {
        const sent = request({ host: '127.0.0.1', port, path, headers: eve }, (answer) => {
          const type = answer.headers['content-type'] ?? ''
          // The start page of the application answers for pages that it does not know.
          resolve(type.startsWith('text/html') && answer.statusCode === 200 ? 404 : (answer.statusCode ?? 0))
          answer.resume()
        })
        sent.on('error', reject)
        sent.end()
      })
    const found: [string, number][] = []
    for (const path of paths) {
      const status = await statusOf(path)
      if (status < 400 || status >= 500) found.push([path, status])
    }
    expect(paths.length).toBeGreaterThan(500)
    expect(found).toEqual([])
  })

  it('counts clients by their own address, whatever they claim, and goes on without one of the servers', async () => {
    const seen: string[] = []
    for (const app of [test.app, second])
      app.server.on('request', (request) => seen.push(String(request.headers['x-forwarded-for'])))
    await Promise.all(
      Array.from({ length: 6 }, () => fetch(`${url}/api/v1/me`, { headers: { ...ann, 'x-forwarded-for': '1.2.3.4' } })),
    )
    expect(new Set(seen)).toEqual(new Set(['127.0.0.1']))
    await second.close()
    const statuses = await Promise.all(
      Array.from({ length: 12 }, () => fetch(`${url}/api/v1/me`, { headers: ann }).then(({ status }) => status)),
    )
    expect(new Set(statuses)).toEqual(new Set([200]))
  })
})

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}
