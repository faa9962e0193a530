/**
 * Does a PACS and do clients of others understand us? Starts Debian's Orthanc on loopback (`apt-get install orthanc orthanc-dicomweb`), gives it
 * samples, pulls them from it, sends a segmentation back, and lets `dicomweb-client` of PyPI read from us where `--python` names an
 * interpreter that has it. `npm run bench -- orthanc [--samples ../shared/data/dicom] [--python …] [--keep]`
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type DicomPush, type DicomStudy, encodeRle, type Image, type Import } from '@vesalius/contracts'
import { Client } from '../lib/client.ts'
import { keepResult } from '../lib/keep-result.ts'
import { removeData, startServer } from '../lib/server-process.ts'

const { values } = parseArgs({
  options: {
    samples: { type: 'string', default: '../shared/data/dicom' },
    python: { type: 'string' },
    keep: { type: 'boolean', default: false },
  },
})
const PROGRAM = ['/usr/sbin/Orthanc', '/usr/bin/Orthanc'].find((path) => existsSync(path))
const PLUGIN = '/usr/share/orthanc/plugins/libOrthancDicomWeb.so'
const ACCOUNT = { name: 'reader', password: 'only on loopback' }

if (!PROGRAM || !existsSync(PLUGIN)) skip('Orthanc with its DICOMweb plugin is not on this machine')
if (!existsSync(values.samples)) skip(`there are no samples at ${values.samples}`)

const orthanc = await startOrthanc(PROGRAM)
const server = await startServer({ environment: { VESALIUS_OUTGOING_ALLOW: '127.0.0.1' } })
try {
  const result = await measure()
  console.log(JSON.stringify(result, null, 2))
  if (values.keep) keepResult('orthanc', result)
} finally {
  await server.stop()
  await removeData(server)
  orthanc.stop()
}

async function measure() {
  const given = await giveSamples()
  const client = new Client(server.url)
  await client.register('orthanc')
  const project = await client.createProject('orthanc', 3001, ['lesion'])
  const at = `/projects/${project.id}`
  const source = await client.json<{ id: string }>('POST', `${at}/dicom-sources`, {
    ...{ name: 'Orthanc', url: `${orthanc.url}/dicom-web`, auth: 'basic' },
    ...{ username: ACCOUNT.name, secret: ACCOUNT.password },
  })
  const pacs = `${at}/dicom-sources/${source.id}`
  const found = await client.json<{ items: DicomStudy[] }>('POST', `${pacs}/search`, { limit: 100 })
  const started = performance.now()
  const selections = found.items.map(({ studyUid }) => ({ studyUid }))
  const pulled = await finished<Import>(client, 'imports', await client.json('POST', `${pacs}/imports`, { selections }))
  const seconds = (performance.now() - started) / 1000
  const { items } = await client.json<{ items: Image[] }>('GET', `${at}/images?limit=100`)
  const image = items.find(({ frames, width }) => frames === 1 && width >= 64)
  if (!image) throw new Error('no image came over')
  const size: [number, number] = [image.height, image.width]
  const rle = encodeRle(
    Uint8Array.from({ length: size[0] * size[1] }, (_, index) => Number(index % 7 === 0)),
    size,
  )
  const data = { key: ['lesion'], size, masks: [{ id: '1', class: 0, rle }] }
  await client.json('PUT', `/images/${image.id}/label`, { type: 3001, data })
  const before = await instancesOf('SEG')
  const push = await client.json<DicomPush>('POST', `${pacs}/pushes`, { format: 'dicom-seg' })
  const sent = await pushed(client, at, push.id)
  return {
    samples: given,
    studiesFound: found.items.length,
    ...{ pulled: pulled.stored, refused: pulled.refused, duplicates: pulled.duplicates },
    filesPerSecond: Number((pulled.stored / seconds).toFixed(1)),
    segmentations: {
      ...{ state: sent.state, problem: sent.problem?.message ?? null, notes: sent.notes },
      ...{ sent: sent.result?.stored ?? 0, refused: sent.result?.refused ?? 0, leftOut: sent.result?.leftOut ?? 0 },
      keptByOrthanc: (await instancesOf('SEG')) - before,
    },
    dicomwebClient: values.python ? await askByPython(client, project.id, values.python) : 'not asked',
  }
}

/** Puts every sample into Orthanc by its own interface; what it refuses is counted. */
async function giveSamples(): Promise<{ files: number; taken: number }> {
  const files = readdirSync(values.samples, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  let taken = 0
  for (const entry of files) {
    const body = readFileSync(join(entry.parentPath, entry.name))
    const answer = await orthanc.ask('/instances', { method: 'POST', body })
    if (answer.ok) taken += 1
  }
  return { files: files.length, taken }
}

async function instancesOf(modality: string): Promise<number> {
  const answer = await orthanc.ask(`/dicom-web/series?Modality=${modality}&limit=100`, {
    headers: { accept: 'application/dicom+json' },
  })
  return answer.status === 204 ? 0 : ((await answer.json()) as unknown[]).length
}

async function finished<Work extends { id: string; finishedAt: string | null }>(
  client: Client,
  kind: string,
  { id }: Work,
): Promise<Work> {
  for (;;) {
    const now = await client.json<Work>('GET', `/${kind}/${id}`)
    if (now.finishedAt) return now
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

async function pushed(client: Client, at: string, id: string): Promise<DicomPush> {
  for (;;) {
    const { items } = await client.json<{ items: DicomPush[] }>('GET', `${at}/dicom-pushes`)
    const push = items.find((each) => each.id === id)
    if (push?.finishedAt) return push
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

/** Searches, metadata, files, frames and pictures, as a client of others asks for them. */
async function askByPython(client: Client, projectId: string, python: string): Promise<unknown> {
  const { secret } = await client.json<{ secret: string }>('POST', '/tokens', {
    ...{ name: 'bench', scopes: ['write'], expiresInDays: 1 },
  })
  const script = new URL('./read-dicomweb.py', import.meta.url).pathname
  const answer = execFileSync(python, [script, `${server.url}/dicomweb/projects/${projectId}`, secret], {
    encoding: 'utf8',
  })
  return JSON.parse(answer)
}

async function startOrthanc(program: string) {
  const folder = mkdtempSync(join(tmpdir(), 'vesalius-orthanc-'))
  const port = await freePort()
  const settings = {
    ...{ Name: 'bench', StorageDirectory: join(folder, 'storage'), IndexDirectory: join(folder, 'index') },
    ...{ HttpPort: port, RemoteAccessAllowed: false, DicomServerEnabled: false, Plugins: [PLUGIN] },
    ...{ AuthenticationEnabled: true, RegisteredUsers: { [ACCOUNT.name]: ACCOUNT.password } },
    DicomWeb: { Enable: true, Root: '/dicom-web/', StudiesMetadata: 'Full', SeriesMetadata: 'Full' },
  }
  const file = join(folder, 'orthanc.json')
  writeFileSync(file, JSON.stringify(settings))
  const child: ChildProcess = spawn(program, [file], { stdio: 'ignore' })
  const url = `http://127.0.0.1:${port}`
  const authorization = `Basic ${Buffer.from(`${ACCOUNT.name}:${ACCOUNT.password}`).toString('base64')}`
  const ask = (
    path: string,
    { headers = {}, ...options }: { method?: string; body?: Buffer<ArrayBuffer>; headers?: object } = {},
  ) => fetch(url + path, { ...options, headers: { ...headers, authorization } })
  for (let tries = 0; tries < 300; tries += 1) {
    if (child.exitCode !== null) throw new Error('Orthanc did not start')
    const isThere = await ask('/system').catch(() => null)
    if (isThere?.ok) break
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  return {
    url,
    ask,
    stop: () => {
      child.kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

function skip(why: string): never {
  console.log(`skipped: ${why}`)
  process.exit(0)
}
