import { createHash } from 'node:crypto'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import type { Article, ArticleBlock } from '@vesalius/contracts'
import { sql } from 'kysely'
import { openTestApp, signUp } from '../../server/src/testing/test-app.ts'
import { Client } from '../lib/client.ts'
import { keepResult } from '../lib/keep-result.ts'
import { buildWeb, openBrowser } from '../lib/open-browser.ts'
import { removeData, startServer } from '../lib/server-process.ts'
import { quantile } from '../lib/statistics.ts'
import { randomOf, writeArticle } from './write-article.ts'

/**
 * An article of 10 MB in Chinese and English. `screen`: how long until its first screen is there, from a click in the list and
 * from a cold address, in Chromium. `written`: what a change of one block writes, in bytes of the write-ahead log, and how long
 * that and a look into the text take; on the embedded database, or on PostgreSQL where VESALIUS_TEST_DATABASE_URL names one.
 * `kill`: whether every acknowledged revision is there, word for word, after SIGKILL in the middle of changes.
 *   npm run bench -- articles [--part screen|written|kill] [--megabytes 10] [--edits 200] [--kills 10] [--keep]
 */

const { values: args } = parseArgs({
  options: {
    part: { type: 'string', default: 'written' },
    megabytes: { type: 'string', default: '10' },
    edits: { type: 'string', default: '200' },
    kills: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
    keep: { type: 'boolean', default: false },
  },
})
const seed = Number(args.seed)
const random = randomOf(seed + 1)
const text = writeArticle({ bytes: Number(args.megabytes) * 1_000_000, seed })
const machine = `${cpus().length} × ${cpus()[0]?.model}`

const parts = { screen: measureScreen, written: measureWritten, kill: measureKill }
const measure = parts[args.part as keyof typeof parts]
if (!measure) throw new Error(`no part ${args.part}`)
const result = { machine, seed, bytes: Buffer.byteLength(text), ...(await measure()) }
console.log(JSON.stringify(result, null, 1))
if (args.keep) keepResult(`articles-${args.part}${process.env.VESALIUS_TEST_DATABASE_URL ? '-postgresql' : ''}`, result)
process.exit(0)

function summary(values: readonly number[]) {
  return {
    median: Math.round(quantile(values, 0.5)),
    p95: Math.round(quantile(values, 0.95)),
    most: Math.round(Math.max(...values)),
  }
}

async function measureWritten() {
  const test = await openTestApp({ onDisk: process.env.VESALIUS_TEST_DATABASE_URL === undefined })
  const headers = await signUp(test.app, 'bench')
  const ask = async <Answer>(method: 'GET' | 'POST' | 'PUT', url: string, payload?: object): Promise<Answer> => {
    const answer = await test.app.inject({ method, url: `/api/v1${url}`, headers, ...(payload ? { payload } : {}) })
    if (answer.statusCode >= 300) throw new Error(`${method} ${url} answered ${answer.statusCode}: ${answer.body}`)
    return answer.json()
  }
  const timed = async <Answer>(list: number[], act: () => Promise<Answer>): Promise<Answer> => {
    const start = performance.now()
    const answer = await act()
    list.push(performance.now() - start)
    return answer
  }
  const logged = async () =>
    Number(
      (await sql<{ at: string }>`SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn AS at`.execute(test.context.db))
        .rows[0]?.at,
    )
  const times = { publish: [], edit: [], first: [], search: [], compare: [], headings: [] } as Record<string, number[]>
  const article = await timed(times.publish!, () => ask<Article>('POST', '/articles', { title: 'Bench', text }))
  const path = `/articles/${article.id}`
  const ids = await allBlocks((cursor) => ask('GET', `${path}/blocks?limit=100${cursor}`))
  const bytes: number[] = []
  for (let edit = 0; edit < Number(args.edits); edit += 1) {
    const id = ids[Math.floor(random() * ids.length)] as string
    const { items } = await ask<{ items: ArticleBlock[] }>('GET', `${path}/blocks?from=${id}&limit=1`)
    const before = await logged()
    await timed(times.edit!, () =>
      ask('PUT', `${path}/blocks/${id}`, { text: `${items[0]?.text.trimEnd()} 已改 ${edit}.\n\n` }),
    )
    bytes.push((await logged()) - before)
    await timed(times.first!, async () => {
      await ask('GET', path)
      await ask('GET', `${path}/blocks`)
    })
    if (edit % 10 === 0) {
      await timed(times.search!, () => ask('GET', `/articles?q=${encodeURIComponent(`已改 ${edit}`)}`))
      await timed(times.headings!, () => ask('GET', `${path}/headings`))
      await timed(times.compare!, () => ask('GET', `${path}/comparison?from=1&to=${edit + 2}`))
    }
  }
  const { version } = (await sql<{ version: string }>`SELECT version()`.execute(test.context.db)).rows[0]!
  await test.close()
  return {
    database: version.split(' on ')[0],
    blocks: ids.length,
    edits: bytes.length,
    logBytesOfAnEdit: summary(bytes),
    milliseconds: Object.fromEntries(Object.entries(times).map(([name, list]) => [name, summary(list)])),
  }
}

async function allBlocks(
  read: (cursor: string) => Promise<{ items: ArticleBlock[]; nextCursor: string | null }>,
): Promise<string[]> {
  const ids: string[] = []
  for (let cursor = ''; ; ) {
    const page = await read(cursor)
    ids.push(...page.items.map(({ id }) => id))
    if (!page.nextCursor) return ids
    cursor = `&cursor=${page.nextCursor}`
  }
}

async function measureScreen() {
  buildWeb()
  const server = await startServer()
  const browser = await openBrowser()
  try {
    const client = new Client(server.url)
    await client.register('bench')
    const { id } = await client.json<Article>('POST', '/articles', { title: 'The long one', text })
    const context = await browser.newContext({ viewport: { width: 1280, height: 860 } })
    const [name, value] = client.cookie.split('=') as [string, string]
    await context.addCookies([{ name, value: decodeURIComponent(value), url: server.url }])
    const page = await context.newPage()
    const [clicked, cold]: [number[], number[]] = [[], []]
    const shown =
      'document.querySelector("article h2, article h3") && document.querySelectorAll("article p").length > 8'
    for (let round = 0; round < 21; round += 1) {
      await page.goto(`${server.url}/articles`)
      await page.getByRole('link', { name: 'The long one' }).hover()
      await page.waitForTimeout(300)
      const click = `[...document.querySelectorAll('a')].find((link) => link.textContent === 'The long one').click()`
      clicked.push((await page.evaluate(millisecondsUntil(shown, click))) as number)
      await page.goto(`${server.url}/articles/${id}`, { waitUntil: 'commit' })
      cold.push((await page.evaluate(millisecondsUntil(shown))) as number)
    }
    // The first of each fills caches of the browser.
    return {
      opens: clicked.length - 1,
      millisecondsFromAClick: summary(clicked.slice(1)),
      millisecondsFromAColdAddress: summary(cold.slice(1)),
      firstEver: { click: Math.round(clicked[0]!), address: Math.round(cold[0]!) },
    }
  } finally {
    await browser.close()
    await server.stop()
    await removeData(server)
  }
}

/** Script for the page: acts, then counts from there, or from the page's start where nothing is done, until what is true is drawn. */
function millisecondsUntil(shown: string, act?: string): string {
  return `new Promise((resolve) => {
    const start = ${act ? 'performance.now()' : '0'}
    ;${act ?? ''}
    const look = () => (${shown}) ? requestAnimationFrame(() => resolve(performance.now() - start)) : requestAnimationFrame(look)
    look()
  })`
}

function hashOf(value: string): string {
  return createHash('sha256').update(value).digest('hex')
}

async function measureKill() {
  let server = await startServer()
  let client = new Client(server.url)
  await client.register('bench')
  const { id } = await client.json<Article>('POST', '/articles', { title: 'Killed', text })
  const path = `/articles/${id}`
  const read = (revision: number) => client.json<{ text: string }>('GET', `${path}/text?revision=${revision}`)
  /** The text of each revision that was acknowledged, by its hash. */
  const acknowledged = new Map<number, string>([[1, hashOf(text)]])
  let lost = 0
  let unanswered = 0
  for (let kill = 0; kill < Number(args.kills); kill += 1) {
    const ids = await allBlocks((cursor) => client.json('GET', `${path}/blocks?limit=100${cursor}`))
    let isOver = false
    const edits = (async () => {
      for (let edit = 0; !isOver; edit += 1) {
        const block = ids[Math.floor(random() * ids.length)] as string
        try {
          const { article } = await client.json<{ article: Article }>('PUT', `${path}/blocks/${block}`, {
            text: `Words of kill ${kill}, change ${edit}. 第${kill}次，第${edit}处。\n\n`,
          })
          acknowledged.set(article.revision, '')
        } catch {
          unanswered += 1
          return
        }
      }
    })()
    await new Promise((resolve) => setTimeout(resolve, 300 + random() * 1200))
    await server.kill()
    isOver = true
    await edits
    server = await startServer({ dataDirectory: server.dataDirectory })
    client = client.at(server.url)
    const article = await client.json<Article>('GET', path)
    const newest = Math.max(...acknowledged.keys())
    if (article.revision < newest) lost += newest - article.revision
    // What was acknowledged now has a text; later kills must not change it.
    for (const revision of [1, Math.ceil(newest / 2), newest]) {
      const hash = hashOf((await read(revision)).text)
      const known = acknowledged.get(revision)
      if (known && known !== hash) lost += 1
      acknowledged.set(revision, hash)
    }
    for (let revision = newest + 1; revision <= article.revision; revision += 1) acknowledged.set(revision, '')
    console.log(`kill ${kill + 1}: revision ${article.revision}, ${lost} lost`)
  }
  const article = await client.json<Article>('GET', path)
  let wrong = 0
  for (const [revision, hash] of acknowledged) {
    if (hash !== '' && hashOf((await read(revision)).text) !== hash) wrong += 1
  }
  const history = await client.json<{ items: unknown[] }>('GET', `${path}/revisions?limit=500`)
  await server.stop()
  await removeData(server)
  return {
    kills: Number(args.kills),
    ...{ revisions: article.revision, inTheHistory: history.items.length, acknowledged: acknowledged.size },
    ...{ lost, wrong, unanswered, wholeTextsCompared: [...acknowledged.values()].filter(Boolean).length },
  }
}
