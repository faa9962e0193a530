import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { keepResult } from '../lib/keep-result.ts'
import { buildWeb, openBrowser } from '../lib/open-browser.ts'
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

buildWeb()
const server = await startServer()
const browser = await openBrowser()
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
