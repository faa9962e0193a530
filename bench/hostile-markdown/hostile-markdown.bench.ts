import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { build } from 'vite'
import { hostileTexts } from '../../web/src/testing/hostile-texts.ts'
import { keepResult } from '../lib/keep-result.ts'
import { openBrowser } from '../lib/open-browser.ts'

/**
 * Does any of 10,000 hostile texts run a script, load from elsewhere or leave the page? The real renderer of articles and of
 * messages in Chromium, in a page WITHOUT the content policy that the product sends, so that the renderer alone is tried.
 * `--lists`: a folder of public lists, a text a line; they count first, the rest is generated from the seed.
 *   npm run bench -- hostile-markdown [--count 10000] [--seed 1] [--lists DIR] [--keep]
 */

const { values: args } = parseArgs({
  options: {
    count: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    lists: { type: 'string' },
    keep: { type: 'boolean', default: false },
  },
})
const PAGE = 'http://hostile.invalid/'
const BATCH = 100
const MOST_SHOWN = 10
/** What the page must notice when it is not rendered but written as HTML. */
const CONTROL = [
  '<img src=x onerror=alert(1)>',
  '<svg onload=alert(1)></svg>',
  '<img src=x onerror="throw new Error()">',
]

const listed = args.lists ? [...new Set(readLists(args.lists))] : []
const generated = hostileTexts({ seed: Number(args.seed), count: Math.max(0, Number(args.count) - listed.length) })
const texts = [...listed, ...generated]

const script = await bundle()
const browser = await openBrowser()
const found: { text: string; reasons: string[] }[] = []
const outside: string[] = []
let left = 0
let control = 0
try {
  const page = await browser.newPage()
  await page.route('**/*', (route) => {
    const url = route.request().url()
    if (url === PAGE)
      return route.fulfill({ contentType: 'text/html', body: '<!doctype html><meta charset="utf-8"><body>' })
    if (!/^http:\/\/hostile\.invalid\/api\/v1\/images\/[0-9a-f-]{36}\/preview\?width=1280$/.test(url)) outside.push(url)
    return route.fulfill({ status: 404, body: '' })
  })
  page.on('dialog', (dialog) => {
    found.push({ text: dialog.message(), reasons: ['a dialog opened'] })
    void dialog.dismiss()
  })
  page.on('popup', () => {
    left += 1
  })
  await page.goto(PAGE)
  await page.addScriptTag({ content: script, type: 'module' })
  await page.waitForFunction('window.showHostile')
  control = (await page.evaluate(`showAsHtml(${JSON.stringify(CONTROL)})`)) as number
  page.on('framenavigated', () => {
    left += 1
  })
  for (let at = 0; at < texts.length; at += BATCH) {
    const part = JSON.stringify(texts.slice(at, at + BATCH))
    found.push(...((await page.evaluate(`showHostile(${part})`)) as typeof found))
  }
} finally {
  await browser.close()
}
for (const { text, reasons } of found.slice(0, MOST_SHOWN)) console.log(reasons.join(', '), '←', text.slice(0, 300))
const result = {
  ...{ texts: texts.length, listed: listed.length, generated: generated.length, seed: Number(args.seed) },
  ...{ ran: found.length, requestsElsewhere: outside.length, leftThePage: left, control },
}
console.log(JSON.stringify(result))
if (args.keep) keepResult('hostile-markdown', result)
process.exit(found.length + outside.length + left > 0 || control === 0 ? 1 : 0)

function readLists(folder: string): string[] {
  return readdirSync(folder).flatMap((name) =>
    readFileSync(join(folder, name), 'utf8')
      .split(/\r?\n/)
      .filter((line) => line.trim() !== ''),
  )
}

/** The renderer as the product bundles it, in one script. */
async function bundle(): Promise<string> {
  const outDir = mkdtempSync(join(tmpdir(), 'vesalius-hostile-'))
  try {
    const entry = fileURLToPath(new URL('../../web/src/testing/hostile-page.ts', import.meta.url))
    await build({
      configFile: false,
      logLevel: 'error',
      build: {
        outDir,
        emptyOutDir: true,
        target: 'es2023',
        lib: { entry, formats: ['es'], fileName: () => 'page.js' },
      },
    })
    return readFileSync(join(outDir, 'page.js'), 'utf8')
  } finally {
    rmSync(outDir, { recursive: true, force: true })
  }
}
