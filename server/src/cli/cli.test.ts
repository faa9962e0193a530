import { spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestApp, signUp, type TestApp } from '../testing/test-app.ts'
import { phantomPng } from '../testing/uploads.ts'
import { completionOf, SHELLS } from './completion.ts'
import { runServerCommand } from './run-server-command.ts'

let test: TestApp
let folder: string
let environment: Record<string, string>

beforeAll(async () => {
  test = await openTestApp({ worker: true })
  const headers = await signUp(test.app, 'ann')
  const made = await test.app.inject({
    method: 'POST',
    url: '/api/v1/tokens',
    headers,
    payload: { name: 'script', scopes: ['write'], expiresInDays: 1 },
  })
  const address = await test.app.listen({ host: '127.0.0.1', port: 0 })
  environment = { VESALIUS_URL: address, VESALIUS_TOKEN: made.json().secret }
  folder = await mkdtemp(join(tmpdir(), 'vesalius-cli-'))
  await mkdir(join(folder, 'in/deeper'), { recursive: true })
  for (const [seed, name] of ['a.png', 'b.png', 'deeper/c.png'].entries()) {
    await writeFile(join(folder, 'in', name), await phantomPng({ seed }))
  }
})
afterAll(async () => {
  await test.close()
  await rm(folder, { recursive: true, force: true })
})

async function vesalius(...words: string[]) {
  const said = { out: '', err: '' }
  const code = await runServerCommand(words, {
    environment,
    out: (text) => {
      said.out += text
    },
    err: (text) => {
      said.err += text
    },
  })
  return { code, ...said }
}
const json = async (...words: string[]) => {
  const { code, out, err } = await vesalius(...words, '--json')
  return { code, err, body: JSON.parse(out || 'null') }
}

it('a script makes a project, uploads a folder, reads and corrects labels, and takes the archive away', async () => {
  const made = await vesalius('projects', 'create', '--name', 'Discs', '--task', '1001', '--classes', 'dark, bright')
  expect([made.code, made.out.split('\t')[1]]).toEqual([0, 'Discs'])
  expect((await vesalius('projects', 'list')).out).toContain('Discs\t1001\t0')
  const first = await json('images', 'upload', join(folder, 'in'), '--project', 'Discs', '--wait')
  expect([first.code, first.body.created, first.body.failed]).toEqual([0, 3, 0])
  await writeFile(join(folder, 'in/d.png'), 'no picture')
  const again = await json('images', 'upload', join(folder, 'in'), '--project', 'Discs')
  expect([again.code, again.body]).toMatchObject([1, { created: 0, alreadyThere: 3, failed: 1 }])
  await rm(join(folder, 'in/d.png'))
  const { items } = (await json('images', 'list', '--project', 'Discs', '--state', 'NORMAL')).body
  expect(items).toHaveLength(3)
  const file = join(folder, 'label.json')
  await writeFile(file, JSON.stringify({ type: 1001, data: { key: { 0: 'dark', 1: 'bright' }, value: 1 } }))
  expect((await vesalius('labels', 'put', items[0].id, file)).code).toBe(0)
  expect((await json('labels', 'get', items[0].id)).body).toMatchObject({ data: { value: 1 } })
  expect((await vesalius('labels', 'put', items[0].id, file, '--if-match', '"0"')).code).toBe(1)
  const archive = join(folder, 'out.zip')
  const exported = await json('exports', 'create', '--project', 'Discs', '--format', 'archive', '--out', archive)
  expect([exported.code, exported.body.state]).toEqual([0, 'succeeded'])
  expect((await readFile(archive)).subarray(0, 2).toString()).toBe('PK')
  const read = await json('imports', 'create', archive, '--project', 'Discs', '--apply')
  expect([read.code, read.body.state]).toEqual([0, 'done'])
  expect((await stat(archive)).size).toBeGreaterThan(100)
})

it('the exit status says what went wrong, and so does --json', async () => {
  const nobody = '00000000-0000-7000-8000-000000000000'
  expect((await vesalius('labels', 'get', nobody)).code).toBe(4)
  expect((await json('labels', 'get', nobody)).body.error).toMatchObject({ status: 404, code: 'NOT_FOUND' })
  expect((await vesalius('images', 'list', '--project', 'Nothing')).code).toBe(2)
  expect((await vesalius('images', 'list')).err).toContain('--project is missing')
  expect((await vesalius('images', 'fly')).code).toBe(2)
  expect((await vesalius('models', 'list', '--project', 'Discs', '--colour', 'red')).code).toBe(2)
  expect((await vesalius('runs', 'start', '--project', 'Discs')).code).toBe(1)
  const wrong = `vsl_${'a'.repeat(43)}`
  expect((await vesalius('whoami', '--token', wrong)).code).toBe(3)
  expect((await vesalius('whoami', '--url', 'http://127.0.0.1:9')).code).toBe(5)
  expect((await vesalius('api', 'GET', '/me')).out).toContain('"username":"ann"')
})

it('shells complete its words', () => {
  const bash = spawnSync('bash', [
    '-c',
    `${completionOf('bash')}\nCOMP_WORDS=(vesalius images u); COMP_CWORD=2; _vesalius; echo "\${COMPREPLY[@]}"`,
  ])
  expect(bash.stdout.toString().trim()).toBe('upload')
  for (const shell of SHELLS) expect(completionOf(shell)).toContain('models')
})
