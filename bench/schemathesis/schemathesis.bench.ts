/**
 * Does the server keep to its own description, whatever it is sent? Schemathesis makes requests from `/openapi.json`, fitting
 * and unfitting, one after another and in sequences by links between answers and requests, once for each role: nobody, a
 * viewer, an owner, an administrator. Counts answers of 500 and above, and answers that differ from their schema, status or
 * media type. `VESALIUS_BENCH_PYTHON` names a Python that has schemathesis (`pip install schemathesis`).
 * `npm run bench -- schemathesis [--minutes 3] [--seed 1] [--role owner] [--only TEXT] [--keep]`; minutes are for each role. It needs no data.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Project } from '@vesalius/contracts'
import sharp from 'sharp'
import { Client } from '../lib/client.ts'
import { keepResult } from '../lib/keep-result.ts'
import { removeData, type ServerProcess, startServer } from '../lib/server-process.ts'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' },
    role: { type: 'string' },
    only: { type: 'string' },
    keep: { type: 'boolean', default: false },
  },
})
const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_schema_conformance',
]
const ROLES = ['nobody', 'viewer', 'owner', 'administrator'] as const
type Role = (typeof ROLES)[number]
/** What ends the account or session that asks, so that nothing after it would be tried; a stream without an end; and proofs that are counted. */
const LEFT_OUT = [
  'deleteMe',
  'logout',
  'endOtherSessions',
  'endSession',
  'changePassword',
  'changeAccount',
  'endAccountSessions',
]
const ENDLESS = ['events']

interface Failure {
  title: string
  count: number
  operations: string[]
}
interface Outcome {
  role: Role
  requests: number
  failures: Failure[]
}
/** What is read of Schemathesis' report. */
interface Report {
  operations: { selected: number; tested: number }
  test_cases: { generated: number }
  failures: Failure[]
  errors: unknown[]
}

const python = process.env.VESALIUS_BENCH_PYTHON?.split(':')[0]
if (!python) {
  console.log('schemathesis: set VESALIUS_BENCH_PYTHON to a Python that has schemathesis; nothing was run')
  process.exit(0)
}

const folder = await mkdtemp(join(tmpdir(), 'vesalius-schemathesis-'))
const server = await startServer()
const outcomes: Outcome[] = []
try {
  const tokens = await prepare(server)
  for (const role of ROLES) {
    if (values.role && values.role !== role) continue
    outcomes.push(await tryAs(python, server, role, tokens[role]))
  }
  process.exitCode = report(server) ? 0 : 1
} finally {
  await server.stop()
  await Promise.all([removeData(server), rm(folder, { recursive: true, force: true })])
}

/** An organisation with an image, and a token of each role in it. */
async function prepare({ url }: ServerProcess): Promise<Record<Role, string | null>> {
  const people = {} as Record<Exclude<Role, 'nobody'>, Client>
  for (const role of ['administrator', 'owner', 'viewer'] as const) {
    people[role] = new Client(url)
    await people[role].register(role)
  }
  const { owner, viewer } = people
  const organisation = (await (await owner.send('POST', '/organisations', { name: 'Lab' })).json()) as { id: string }
  const invitation = await owner.send('POST', `/organisations/${organisation.id}/invitations`, { role: 'viewer' })
  const { link } = (await invitation.json()) as { link: string }
  await viewer.send('POST', `/invitations/${link.split('#')[1]}/accept`)
  const asked = { name: 'P', taskType: 1001, classes: ['no', 'yes'], organisationId: organisation.id }
  const project = (await (await owner.send('POST', '/projects', asked)).json()) as Project
  const bytes = await sharp({ create: { width: 32, height: 24, channels: 3, background: '#456' } })
    .png()
    .toBuffer()
  await owner.upload(project, [{ name: 'a.png', bytes }])
  const tokens: Record<Role, string | null> = { nobody: null, viewer: null, owner: null, administrator: null }
  for (const [role, person] of Object.entries(people)) {
    const made = await person.send('POST', '/tokens', { name: role, scopes: ['admin'], expiresInDays: 1 })
    tokens[role as Role] = ((await made.json()) as { secret: string }).secret
  }
  return tokens
}

async function tryAs(python: string, { url }: ServerProcess, role: Role, token: string | null): Promise<Outcome> {
  const report = join(folder, `${role}.json`)
  const schema = join(folder, 'openapi.json')
  await writeFile(schema, await (await fetch(`${url}/openapi.json`)).text())
  const found = values.only ? ['--include-path-regex', values.only] : []
  const left = [...LEFT_OUT, ...ENDLESS].flatMap((name) => ['--exclude-operation-id', name])
  const flags = ['--max-time', String(Math.round(Number(values.minutes) * 60)), '--seed', values.seed]
  const bounds = ['--request-timeout', '20', '--continue-on-failure', '--no-shrink', '--warnings', 'off']
  const reports = ['--report', 'json', '--report-json-path', report]
  const who = token ? ['-H', `Authorization: Bearer ${token}`] : []
  const run = ['-m', 'schemathesis.cli', 'run', schema, '--url', url, '--checks', CHECKS.join(',')]
  const child = spawn(python, [...run, ...flags, ...bounds, ...reports, ...who, ...found, ...left], {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: folder,
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (output += part))
  await once(child, 'exit')
  return readOutcome(role, report, output)
}

async function readOutcome(role: Role, report: string, output: string): Promise<Outcome> {
  const text = await readFile(report, 'utf8').catch(() => '')
  if (text === '') throw new Error(`schemathesis made no report:\n${output.slice(-2000)}`)
  const { operations, test_cases: cases, failures, errors } = JSON.parse(text) as Report
  console.log(
    `${role}: ${cases.generated} requests to ${operations.tested} of ${operations.selected} routes, ${failures.length} kinds of failure, ${errors.length} errors`,
  )
  for (const [part, list] of Object.entries({ FAILURES: failures, ERRORS: errors })) {
    if (list.length > 0) console.log(output.slice(output.indexOf(`= ${part} =`)).slice(0, 6000))
  }
  return {
    role,
    requests: cases.generated,
    failures: failures.map(({ title, count, operations }) => ({ title, count, operations })),
  }
}

/** Answers whether nothing was found. */
function report({ log }: ServerProcess): boolean {
  const crashes = log.filter((line) => line.includes('request failed'))
  for (const line of crashes.slice(0, 5)) console.log(line.slice(0, 1500))
  const failures = outcomes.reduce((sum, { failures }) => sum + failures.length, 0)
  const requests = outcomes.reduce((sum, outcome) => sum + outcome.requests, 0)
  console.log(
    `schemathesis: ${requests} requests, ${failures} kinds of failure, ${crashes.length} answers of 500 and above`,
  )
  if (values.keep) keepResult('schemathesis', { minutes: Number(values.minutes), crashes: crashes.length, outcomes })
  return failures + crashes.length === 0
}
