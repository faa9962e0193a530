import { execFileSync } from 'node:child_process'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { chromium } from 'playwright-core'
import { keepResult } from '../lib/keep-result.ts'
import { removeData, startServer } from '../lib/server-process.ts'
import { editTogether } from './edit-together.ts'

/**
 * Is a mark ever lost when two people edit one image? Two browsers draw, move and remove boxes of the same image at random
 * times, 200 edits in all; the merge screen keeps both. Needs Chromium: VESALIUS_CHROMIUM, or /usr/bin/chromium.
 *   npm run bench -- together [--edits 200] [--seed 1] [--minutes 12] [--keep]
 */

const { values: args } = parseArgs({
  options: {
    edits: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '12' },
    keep: { type: 'boolean', default: false },
  },
})
/** WebGL without a graphics card. */
const WEBGL = ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader']

const build = fileURLToPath(new URL('../../web/scripts/build-when-stale.ts', import.meta.url))
execFileSync(process.execPath, [build], { stdio: 'inherit' })
const server = await startServer()
const browser = await chromium.launch({
  executablePath: process.env.VESALIUS_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-quic', '--no-first-run', '--disable-sync', ...WEBGL],
})
try {
  const [edits, seed] = [Number(args.edits), Number(args.seed)]
  const start = Date.now()
  const limitMs = Number(args.minutes) * 60_000
  const found = await editTogether({ url: server.url, browser, edits, seed, limitMs })
  const machine = `${cpus().length} × ${cpus()[0]?.model}`
  const result = { machine, seed, ...found, seconds: Math.round((Date.now() - start) / 1000) }
  console.log(JSON.stringify(result))
  if (args.keep) keepResult('together', result)
} finally {
  await browser.close()
  await server.stop()
  await removeData(server)
}
