import { execFileSync } from 'node:child_process'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { encodeRle, fillPath, routes } from '@vesalius/contracts'
import { type CDPSession, chromium, type Page } from 'playwright-core'
import sharp from 'sharp'
import { Client } from '../lib/client.ts'
import { keepResult } from '../lib/keep-result.ts'
import { removeData, startServer } from '../lib/server-process.ts'
import { quantile } from '../lib/statistics.ts'

/**
 * Does drawing stay fluent on a large picture with many masks? 200 moves of a brush over 4096 × 4096 pixels with 100
 * masks in headless Chromium: script time of each move, long tasks, and how long submitting takes until the next image
 * is asked for. Needs Chromium: VESALIUS_CHROMIUM, or /usr/bin/chromium.
 *   npm run bench -- viewport [--side 4096] [--masks 100] [--moves 200] [--keep]
 */

const { values: args } = parseArgs({
  options: {
    side: { type: 'string', default: '4096' },
    masks: { type: 'string', default: '100' },
    moves: { type: 'string', default: '200' },
    keep: { type: 'boolean', default: false },
  },
})
const [side, masks, moves] = [Number(args.side), Number(args.masks), Number(args.moves)]
const LONG_TASK_MS = 50

const build = fileURLToPath(new URL('../../web/scripts/build-when-stale.ts', import.meta.url))
execFileSync(process.execPath, [build], { stdio: 'inherit' })
const server = await startServer()
const browser = await chromium.launch({
  executablePath: process.env.VESALIUS_CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--headless',
    '--no-sandbox',
    '--use-gl=angle',
    '--use-angle=swiftshader',
    '--enable-unsafe-swiftshader',
    '--disable-quic',
    '--no-first-run',
    '--disable-sync',
  ],
})
try {
  const client = new Client(server.url)
  await client.register('bench')
  const project = await client.createProject('cells', 3004, ['cell'])
  const file = await sharp({ create: { width: side, height: side, channels: 3, background: '#806070' } })
    .png()
    .toBuffer()
  const pictures = ['first.png', 'second.png'].map((name, index) => ({
    name,
    bytes: Buffer.concat([file, Buffer.from([index])]),
  }))
  const [first] = await client.upload(project, pictures)
  if (!first || !('image' in first) || !first.image) throw new Error(`not uploaded: ${JSON.stringify(first)}`)
  const label = { type: 3004, data: { key: ['cell'], size: [side, side], masks: drawDiscs() } }
  await client.send('PUT', fillPath(routes.putLabel.path, { imageId: first.image.id }), label)

  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  await context.setExtraHTTPHeaders({ cookie: client.cookie })
  const page = await context.newPage()
  const submitted: number[] = []
  page.on('request', (request) => {
    if (request.method() === 'PUT') submitted.push(performance.now())
  })
  await page.goto(`${server.url}/projects/${project.id}/annotate?order=%22oldest%22&image=%22${first.image.id}%22`)
  await page
    .locator('li[class*=row]')
    .nth(Math.min(masks, 100) - 1)
    .waitFor({ timeout: 60_000 })
  await page.evaluate(() => {
    const tasks: number[] = []
    Object.assign(window, { longTasks: tasks })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) tasks.push(entry.duration)
    }).observe({ type: 'longtask' })
  })
  const session = await context.newCDPSession(page)
  await session.send('Performance.enable')
  const scripts = await moveBrush(page, session)
  const longTasks = await page.evaluate(() => (window as unknown as { longTasks: number[] }).longTasks)
  await page.waitForTimeout(500)
  const before = performance.now()
  await page.keyboard.press('Enter')
  while (submitted.length === 0) await page.waitForTimeout(1)
  const submitMs = Math.round((submitted[0] ?? before) - before)
  const result = {
    machine: `${cpus().length} × ${cpus()[0]?.model}`,
    ...{ side, masks, moves },
    scriptMs: { p50: round(quantile(scripts, 0.5)), p95: round(quantile(scripts, 0.95)) },
    longTasks: longTasks.filter((duration) => duration > LONG_TASK_MS).map(Math.round),
    submitMs,
  }
  console.log(JSON.stringify(result))
  if (args.keep) keepResult('viewport', result)
} finally {
  await browser.close()
  await server.stop()
  await removeData(server)
}

async function moveBrush(page: Page, session: CDPSession): Promise<number[]> {
  const scripts: number[] = []
  await page.keyboard.press('b')
  await page.mouse.move(200, 200)
  await page.mouse.down()
  let last = await scriptSeconds(session)
  for (let move = 0; move < moves; move += 1) {
    const turn = (move / moves) * 6 * Math.PI
    await page.mouse.move(450 + (100 + move) * Math.cos(turn), 400 + (100 + move / 2) * Math.sin(turn))
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => done(null))))
    const now = await scriptSeconds(session)
    scripts.push((now - last) * 1000)
    last = now
  }
  await page.mouse.up()
  return scripts
}

async function scriptSeconds(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics')
  return metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? 0
}

/** Discs of cells in rows and columns. */
function drawDiscs() {
  const grid = new Uint8Array(side * side)
  const columns = Math.ceil(Math.sqrt(masks))
  const cell = side / columns
  return Array.from({ length: masks }, (_, index) => {
    const [x, y] = [((index % columns) + 0.5) * cell, (Math.floor(index / columns) + 0.5) * cell]
    const radius = cell * 0.4
    const box = { left: x - radius, right: x + radius, top: y - radius, bottom: y + radius }
    const whole = Object.fromEntries(
      Object.entries(box).map(([name, value]) => [name, Math.round(value)]),
    ) as typeof box
    for (let row = whole.top; row < whole.bottom; row += 1) {
      for (let column = whole.left; column < whole.right; column += 1) {
        grid[row * side + column] = Number((row - y) ** 2 + (column - x) ** 2 <= radius ** 2)
      }
    }
    return { id: `m${index}`, class: 0, rle: encodeRle(grid, [side, side], { box: whole }) }
  })
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
