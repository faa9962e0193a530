/**
 * Does OHIF open our studies? Serves its published build on an address of its own, with a token, as an outside viewer would be:
 * `npm pack @ohif/app && tar xzf ohif-app-*.tgz`, then
 * `npm run bench -- ohif --dist package/dist [--samples ../shared/data/dicom/wg04] [--pictures DIR] [--keep]`
 * Uploads the samples, opens every study, waits until it shows a picture, and counts what we answered.
 * Needs Chromium.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { parseArgs } from 'node:util'
import type { Page } from 'playwright-core'
import { openBrowser } from '../../e2e/lib/browser.ts'
import { Client } from '../lib/client.ts'
import { keepResult } from '../lib/keep-result.ts'
import { removeData, startServer } from '../lib/server-process.ts'

const { values } = parseArgs({
  options: {
    dist: { type: 'string', default: 'package/dist' },
    samples: { type: 'string', default: '../shared/data/dicom/wg04' },
    pictures: { type: 'string' },
    keep: { type: 'boolean', default: false },
  },
})
for (const folder of [values.dist, values.samples]) {
  if (existsSync(folder)) continue
  console.log(`skipped: there is no ${folder}`)
  process.exit(0)
}
const PATIENCE = { timeout: 20_000 }
/** Script for the page: whether a viewport has drawn more than a handful of tones. */
const HAS_PICTURE = `[...document.querySelectorAll('.cornerstone-canvas')].some((canvas) => {
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
  const tones = new Set()
  for (let at = 0; at < data.length; at += 4) tones.add(data[at])
  return tones.size > 8
})`

const TYPES: Record<string, string> = {
  ...{ '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json' },
  ...{ '.wasm': 'application/wasm', '.svg': 'image/svg+xml', '.png': 'image/png' },
}

let config = ''
const viewer = createServer((request, response) => {
  const path = normalize(new URL(request.url ?? '/', 'http://viewer').pathname)
  const file = join(values.dist, path)
  const isFile = extname(path) !== '' && existsSync(file)
  const bytes = path === '/app-config.js' ? config : readFileSync(isFile ? file : join(values.dist, 'index.html'))
  response.setHeader('content-type', TYPES[isFile ? extname(path) : '.html'] ?? 'application/octet-stream')
  response.end(bytes)
})
await new Promise<void>((ready) => viewer.listen(0, '127.0.0.1', ready))
const origin = `http://127.0.0.1:${(viewer.address() as AddressInfo).port}`
const server = await startServer({ environment: { VESALIUS_DICOMWEB_ORIGINS: origin } })
const browser = await openBrowser()
try {
  const result = await measure()
  console.log(JSON.stringify(result, null, 2))
  if (values.keep) keepResult('ohif', result)
} finally {
  await browser.close()
  await server.stop()
  await removeData(server)
  viewer.close()
}

async function measure() {
  const client = new Client(server.url)
  await client.register('ohif')
  const project = await client.createProject('OHIF', 3002, ['organ'])
  const files = readdirSync(values.samples, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  let stored = 0
  for (const { parentPath, name } of files) {
    const items = await client.upload(project, [{ name: `${name}.dcm`, bytes: readFileSync(join(parentPath, name)) }])
    stored += items.filter((item) => 'image' in item).length
  }
  const made = await client.json<{ secret: string }>('POST', '/tokens', {
    ...{ name: 'viewer', scopes: ['read'], expiresInDays: 1 },
  })
  const root = `${server.url}/dicomweb/projects/${project.id}`
  config = configOf(root)
  const headers = { authorization: `Bearer ${made.secret}`, accept: 'application/dicom+json' }
  const studies = (await (await fetch(`${root}/studies?limit=100`, { headers })).json()) as Record<
    string,
    { Value: string[] }
  >[]
  const page = await (await browser.newContext({ viewport: { width: 1400, height: 900 } })).newPage()
  const answers: Record<string, number> = {}
  const failed: string[] = []
  page.on('response', (response) => {
    if (!response.url().startsWith(root)) return
    answers[response.status()] = (answers[response.status()] ?? 0) + 1
    if (response.status() >= 400) failed.push(`${response.status()} ${response.url().replace(root, '')}`)
  })
  const shown: { study: string; modalities: string; seconds: number | null }[] = []
  for (const study of studies) {
    const uid = study['0020000D']?.Value[0] ?? ''
    const started = performance.now()
    console.error(`${shown.length + 1} of ${studies.length}`)
    await page.goto(`${origin}/viewer?StudyInstanceUIDs=${uid}&token=${made.secret}`)
    const isShown = await page
      .waitForFunction(HAS_PICTURE, undefined, PATIENCE)
      .then(() => true)
      .catch(() => false)
    const seconds = isShown ? Number(((performance.now() - started) / 1000).toFixed(1)) : null
    shown.push({ study: uid.slice(-8), modalities: (study['00080061']?.Value ?? []).join(' '), seconds })
    await picture(page, `study-${shown.length}`)
  }
  const open = shown.filter(({ seconds }) => seconds !== null).length
  return { viewer: versionOf(), files: stored, studies: studies.length, shown: open, answers, failed, each: shown }
}

async function picture(page: Page, name: string): Promise<void> {
  if (values.pictures) await page.screenshot({ path: join(values.pictures, `ohif-${name}.png`) })
}

function versionOf(): string {
  const file = join(values.dist, '../package.json')
  return existsSync(file)
    ? `@ohif/app ${(JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version}`
    : 'unknown'
}

function configOf(root: string): string {
  const configuration = {
    ...{ friendlyName: 'Vesalius', name: 'vesalius', qidoRoot: root, wadoRoot: root },
    ...{ qidoSupportsIncludeField: false, supportsFuzzyMatching: false, supportsWildcard: true },
    ...{ imageRendering: 'wadors', thumbnailRendering: 'wadors', enableStudyLazyLoad: true },
    ...{ dicomUploadEnabled: false, omitQuotationForMultipartRequest: true },
  }
  const namespace = '@ohif/extension-default.dataSourcesModule.dicomweb'
  const source = JSON.stringify({ namespace, sourceName: 'vesalius', configuration })
  return `window.config = {
    routerBasename: null, showStudyList: true, extensions: [], modes: [], customizationService: {},
    defaultDataSourceName: 'vesalius', investigationalUseDialog: { option: 'never' },
    maxNumRequests: { interaction: 20, thumbnail: 5, prefetch: 5 },
    dataSources: [${source}],
  }`
}
