import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import { fillPath, type Image, type Project, routes } from '@vesalius/contracts'
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core'
import sharp from 'sharp'
import { Client } from '../lib/client.ts'
import { keepResult } from '../lib/keep-result.ts'
import { buildWeb, openBrowser } from '../lib/open-browser.ts'
import { removeData, startServer } from '../lib/server-process.ts'
import { median, quantile } from '../lib/statistics.ts'
import { drawDiscs } from './discs.ts'

/**
 * Does annotating stay fluent on a large picture with many masks? 200 moves of a brush over 4096 × 4096 pixels with 100
 * masks in headless Chromium, several times over: script time of each move, long tasks, time from the key that submits to
 * the request and to the next picture on the screen, and how long the main thread worked for it; script that the first
 * page loads; memory after many images. Needs Chromium: VESALIUS_CHROMIUM, or /usr/bin/chromium.
 *   npm run bench -- viewport [--side 4096] [--masks 100] [--moves 200] [--runs 3] [--images 500] [--keep]
 */

const { values: args } = parseArgs({
  options: {
    side: { type: 'string', default: '4096' },
    masks: { type: 'string', default: '100' },
    moves: { type: 'string', default: '200' },
    runs: { type: 'string', default: '3' },
    images: { type: 'string', default: '0' },
    keep: { type: 'boolean', default: false },
  },
})
const [side, masks, moves] = [Number(args.side), Number(args.masks), Number(args.moves)]
const [runs, images] = [Number(args.runs), Number(args.images)]
const LONG_TASK_MS = 50
const SHOWN = 'canvas[data-shown="true"]'

interface Times {
  longTasks: number[]
  keyAt: number
  putAt: number
  shownAt: number
}

buildWeb()
const server = await startServer()
const browser = await openBrowser()
try {
  const firstPageKb = await measureFirstPage(browser)
  const client = new Client(server.url)
  await client.register('bench')
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  await context.setExtraHTTPHeaders({ cookie: client.cookie })
  const file = await sharp({ create: { width: side, height: side, channels: 3, background: '#806070' } })
    .png()
    .toBuffer()
  const rounds: Awaited<ReturnType<typeof drawOnce>>[] = []
  for (let run = 0; run < runs; run += 1) {
    const project = await client.createProject(`cells ${run}`, 3004, ['cell'])
    const [first, next] = await uploadCopies(client, project, file, 2, run)
    // The next image comes with its masks too, as it does where a model has looked at it.
    for (const image of [first, next]) await putDiscs(client, image, side, masks)
    rounds.push(await drawOnce(context, project, first?.id ?? ''))
    console.error(JSON.stringify(rounds.at(-1)))
  }
  const middle = (pick: (round: (typeof rounds)[number]) => number) => round(median(rounds.map(pick)))
  const result = {
    machine: `${cpus().length} × ${cpus()[0]?.model}`,
    ...{ side, masks, moves, runs, firstPageKb },
    scriptMs: { p50: middle(({ p50 }) => p50), p95: middle(({ p95 }) => p95) },
    longestTaskMs: middle(({ longest }) => longest),
    submitMs: middle(({ submit }) => submit),
    nextImageMs: middle(({ next }) => next),
    nextImageWorkMs: middle(({ nextWork }) => nextWork),
    ...(images > 0 ? { heapMb: await measureMemory(context, client) } : {}),
  }
  console.log(JSON.stringify(result))
  if (args.keep) keepResult('viewport', result)
} finally {
  await browser.close()
  await server.stop()
  await removeData(server)
}

/** Script of the page a stranger sees first, in kB as it goes over the wire. */
async function measureFirstPage(shared: Browser): Promise<number> {
  const page = await (await shared.newContext()).newPage()
  const bodies: Promise<Buffer>[] = []
  page.on('response', (response) => {
    if (/\.js$/.test(new URL(response.url()).pathname)) bodies.push(response.body())
  })
  await page.goto(server.url)
  await page.getByRole('button').first().waitFor()
  const bytes = (await Promise.all(bodies)).reduce((sum, body) => sum + gzipSync(body).length, 0)
  await page.context().close()
  return Math.round(bytes / 1000)
}

/** One stroke of many moves, then the submission of all masks. */
async function drawOnce(context: BrowserContext, project: Project, imageId: string) {
  const page = await context.newPage()
  await open(page, project, imageId)
  await page
    .locator('li[class*=row]')
    .nth(Math.min(masks, 100) - 1)
    .waitFor({ timeout: 60_000 })
  // What comes next is fetched ahead meanwhile.
  await page.waitForTimeout(2000)
  await page.evaluate(settle)
  await page.evaluate(watch)
  const session = await context.newCDPSession(page)
  // Processor time of the page's main thread: what stands in for a graphics card takes the same cores.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const scripts = await moveBrush(page, session)
  await page.waitForTimeout(1200)
  await page.evaluate(settle)
  const before = await seconds(session, 'TaskDuration')
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => (window as unknown as { times: Times }).times.shownAt > 0)
  const nextWork = (await seconds(session, 'TaskDuration')) - before
  const times = await page.evaluate(() => (window as unknown as { times: Times }).times)
  await page.close()
  return {
    p50: round(quantile(scripts, 0.5)),
    p95: round(quantile(scripts, 0.95)),
    longest: Math.round(Math.max(0, ...times.longTasks.filter((duration) => duration > LONG_TASK_MS))),
    submit: Math.round(times.putAt - times.keyAt),
    next: Math.round(times.shownAt - times.keyAt),
    nextWork: Math.round(nextWork * 1000),
  }
}

async function open(page: Page, project: Project, imageId: string): Promise<void> {
  await page.goto(`${server.url}/projects/${project.id}/annotate?order=%22oldest%22&image=%22${imageId}%22`)
  await page.locator(SHOWN).waitFor({ timeout: 60_000 })
}

/** Runs in the page: notes long tasks until the answer is submitted, and when what follows the key happens. */
function watch(): void {
  const times: Times = { longTasks: [], keyAt: 0, putAt: 0, shownAt: 0 }
  Object.assign(window, { times })
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (times.keyAt === 0 || entry.startTime < times.keyAt) times.longTasks.push(entry.duration)
    }
  }).observe({ type: 'longtask' })
  const name = document.querySelector('h2')?.textContent
  const look = () => {
    const isNext = document.querySelector('h2')?.textContent !== name
    if (isNext && document.querySelector('canvas[data-shown="true"]')) times.shownAt = performance.now()
    else requestAnimationFrame(look)
  }
  window.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Enter') return
      times.keyAt = event.timeStamp
      requestAnimationFrame(look)
    },
    { capture: true },
  )
  const { fetch } = window
  window.fetch = (input, init) => {
    if (init?.method === 'PUT' && times.keyAt > 0) times.putAt ||= performance.now()
    return fetch(input, init)
  }
}

/** Runs in the page: waits, a minute at most, until frames come without delay, so that no work of before is counted. */
async function settle(): Promise<void> {
  const end = performance.now() + 60_000
  for (let prompt = 0; prompt < 20 && performance.now() < end; ) {
    const asked = performance.now()
    await new Promise((done) => requestAnimationFrame(done))
    prompt = performance.now() - asked < 40 ? prompt + 1 : 0
  }
}

async function moveBrush(page: Page, session: CDPSession): Promise<number[]> {
  const scripts: number[] = []
  await page.keyboard.press('b')
  await page.mouse.move(200, 200)
  await page.mouse.down()
  let last = await seconds(session, 'ScriptDuration')
  for (let move = 0; move < moves; move += 1) {
    const turn = (move / moves) * 6 * Math.PI
    await page.mouse.move(450 + (100 + move) * Math.cos(turn), 400 + (100 + move / 2) * Math.sin(turn))
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => done(null))))
    const now = await seconds(session, 'ScriptDuration')
    scripts.push((now - last) * 1000)
    last = now
  }
  await page.mouse.up()
  return scripts
}

/** Seconds that the main thread has spent so far, in script or in all its tasks. */
async function seconds(session: CDPSession, metric: 'ScriptDuration' | 'TaskDuration'): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics')
  return metrics.find(({ name }) => name === metric)?.value ?? 0
}

async function putDiscs(client: Client, image: Image | undefined, size: number, count: number): Promise<void> {
  const label = { type: 3004, data: { key: ['cell'], size: [size, size], masks: drawDiscs(size, count) } }
  await client.send('PUT', fillPath(routes.putLabel.path, { imageId: image?.id ?? '' }), label)
}

/** The page's own memory after a tenth of the images and after all of them, in MB; each has 25 masks. */
async function measureMemory(context: BrowserContext, client: Client) {
  const project = await client.createProject('many', 3004, ['cell'])
  const file = await sharp({ create: { width: 512, height: 512, channels: 3, background: '#406080' } })
    .png()
    .toBuffer()
  let first: Image | undefined
  for (let done = 0; done < images; done += 50) {
    const uploaded = await uploadCopies(client, project, file, Math.min(50, images - done), done)
    for (const image of uploaded) await putDiscs(client, image, 512, 25)
    first ??= uploaded[0]
  }
  const page = await context.newPage()
  await open(page, project, first?.id ?? '')
  const session = await context.newCDPSession(page)
  await session.send('Performance.enable')
  const heap = async () => {
    await session.send('HeapProfiler.collectGarbage')
    const { metrics } = await session.send('Performance.getMetrics')
    return Math.round((metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0) / 1e6)
  }
  let early = 0
  for (let seen = 1; seen < images; seen += 1) {
    await page.keyboard.press('ArrowRight')
    await page.waitForFunction((place) => document.body.innerText.includes(`${place} /`), seen + 1)
    await page.locator(SHOWN).waitFor()
    if (seen === Math.ceil(images / 10)) early = await heap()
  }
  const late = await heap()
  await page.close()
  return { afterTenth: early, afterAll: late }
}

/** Files that differ in what lies behind their end: the same pixels, and none a duplicate of another. */
async function uploadCopies(client: Client, project: Project, file: Buffer, count: number, start: number) {
  const pictures = Array.from({ length: count }, (_, index) => ({
    name: `${start + index}.png`,
    bytes: Buffer.concat([file, Buffer.from(`${start} ${index}`)]),
  }))
  const items = await client.upload(project, pictures)
  return items.map((item) => {
    if (!('image' in item) || !item.image) throw new Error(`not uploaded: ${JSON.stringify(item)}`)
    return item.image
  })
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
