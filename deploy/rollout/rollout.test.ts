import { execFileSync, spawn } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { BusyError, takeLock } from './lock.ts'
import { rollOut } from './roll-out.ts'
import { readSettings, type Settings } from './settings.ts'

/** Two small processes that answer with their version, replaced from a repository of our own. */

const root = mkdtempSync(join(tmpdir(), 'vesalius-rollout-'))
const repository = join(root, 'repository')
const folder = join(root, 'served')
const said: string[] = []
const say = (line: string) => said.push(line)
let settings: Settings
let ports: number[]

const APP = (version: string, status: number) => `
import { createServer } from 'node:http'
createServer((_, response) => response.writeHead(${status}).end('${version}')).listen(Number(process.argv[2]), '127.0.0.1')
`
/** Ends the one before and starts the one that \`current\` leads to. */
const RESTART = `
import { spawn } from 'node:child_process'
import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
const [port, folder] = process.argv.slice(2)
const note = folder + '/' + port + '.pid'
if (existsSync(note)) try { process.kill(Number(readFileSync(note, 'utf8')), 'SIGKILL') } catch {}
await new Promise((resolve) => setTimeout(resolve, 100))
const child = spawn(process.execPath, [realpathSync(folder + '/current') + '/app.mjs', port], { detached: true, stdio: 'ignore' })
writeFileSync(note, String(child.pid))
child.unref()
`
const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args], { cwd: repository })

function publish(tag: string, app: string): void {
  writeFileSync(join(repository, 'app.mjs'), app)
  git('add', '.')
  git('commit', '--quiet', '--allow-empty', '-m', tag)
  git('tag', '--force', tag)
}
const versions = () =>
  Promise.all(ports.map(async (port) => (await fetch(`http://127.0.0.1:${port}/`)).text().catch(() => 'none')))
const inUse = () => readlinkSync(join(folder, 'current')).replace(/^releases\/(.+)-[0-9a-f]{12}$/, '$1')

beforeAll(async () => {
  mkdirSync(repository)
  mkdirSync(folder)
  git('init', '--quiet')
  writeFileSync(join(root, 'restart.mjs'), RESTART)
  ports = [await freePort(), await freePort()]
  const file = join(root, 'rollout.json')
  writeFileSync(
    file,
    JSON.stringify({
      ...{ repository, folder: 'served', keep: 2 },
      prepare: [['node', '--check', 'app.mjs']],
      migrate: ['node', '-e', 'require("fs").appendFileSync("../../migrated", "x")'],
      processes: ports.map((port, index) => ({
        name: `app ${index + 1}`,
        restart: [process.execPath, join(root, 'restart.mjs'), String(port), folder],
        ...{ health: `http://127.0.0.1:${port}/readyz`, healthSeconds: 2 },
      })),
    }),
  )
  settings = readSettings(file)
})
afterAll(() => {
  for (const port of ports) {
    const note = join(folder, `${port}.pid`)
    if (existsSync(note)) process.kill(Number(readFileSync(note, 'utf8')), 'SIGKILL')
  }
  rmSync(root, { recursive: true, force: true })
})

it('brings the newest tag into service, once, and a dry run only tells', async () => {
  publish('v1.0.0', APP('one', 200))
  publish('v1.0.0-rc1', APP('none', 200))
  expect(await rollOut(settings, { say, isDry: true })).toBe('would roll out')
  expect([existsSync(join(folder, 'current')), said.join('\n').includes('would restart app 2')]).toEqual([false, true])
  expect(await rollOut(settings, { say })).toBe('rolled out')
  expect([inUse(), await versions()]).toEqual(['v1.0.0', ['one', 'one']])
  expect(await rollOut(settings, { say })).toBe('nothing new')
})

it('goes back by itself from a release that does not answer, and does not try it again unless it is moved', async () => {
  publish('v1.1.0', APP('two', 503))
  expect(await rollOut(settings, { say })).toBe('went back')
  expect([inUse(), await versions()]).toEqual(['v1.0.0', ['one', 'one']])
  expect(said.join('\n')).toContain('app 1 does not answer')
  expect(said.filter((line) => line === 'restarting app 2')).toHaveLength(1)
  expect(await rollOut(settings, { say })).toBe('nothing new')
  publish('v1.1.0', APP('two', 200))
  expect(await rollOut(settings, { say })).toBe('rolled out')
  expect(await versions()).toEqual(['two', 'two'])
  expect(readFileSync(join(folder, 'migrated'), 'utf8')).toBe('xxx')
})

it('touches nothing where a release cannot be prepared, and keeps as many as it is told', async () => {
  publish('v1.9.0', 'this is no program (')
  expect(await rollOut(settings, { say })).toBe('not prepared')
  expect(await versions()).toEqual(['two', 'two'])
  publish('v1.10.0', APP('three', 200))
  expect(await rollOut(settings, { say })).toBe('rolled out')
  expect([inUse(), await versions()]).toEqual(['v1.10.0', ['three', 'three']])
  const kept = readdirSync(join(folder, 'releases'))
  expect([kept.some((name) => name.startsWith('v1.10.0')), kept.some((name) => name.startsWith('v1.0.0'))]).toEqual([
    true,
    false,
  ])
})

it('runs one at a time, and goes back from a roll-out that was killed', async () => {
  const other = spawn('sleep', ['30'])
  writeFileSync(join(folder, 'rollout.lock'), String(other.pid))
  await expect(rollOut(settings, { say })).rejects.toThrow(BusyError)
  other.kill('SIGKILL')
  await new Promise((resolve) => other.once('exit', resolve))
  const before = readlinkSync(join(folder, 'current')).replace('releases/', '')
  writeFileSync(join(folder, 'under-way.json'), JSON.stringify({ from: before, to: 'v2.0.0-000000000000' }))
  expect(await rollOut(settings, { say })).toBe('went back')
  expect([inUse(), await versions()]).toEqual(['v1.10.0', ['three', 'three']])
  takeLock(folder)()
})

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}
