import type { Article, ArticleBlock, ArticleDifference, FoundArticle, Project } from '@vesalius/contracts'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestApp, signUp, type TestApp } from '../../testing/test-app.ts'
import { emptyBin } from '../bin/empty-bin.ts'

type Headers = Record<string, string>

let test: TestApp
let root: Headers
let ann: Headers
let ben: Headers
let organisationId: string
let project: Project

beforeAll(async () => {
  test = await openTestApp()
  root = await signUp(test.app, 'root')
  ann = await signUp(test.app, 'ann')
  ben = await signUp(test.app, 'ben')
  organisationId = (await ask(ann, 'POST', '/organisations', { name: 'Radiology' })).json().id
  const payload = { name: 'Lungs', taskType: 1001, classes: ['no', 'yes'], organisationId }
  project = (await ask(ann, 'POST', '/projects', payload)).json()
})
afterAll(() => test.close())

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
const ask = (headers: Headers, method: Method, path: string, payload?: object) =>
  test.app.inject({ method, url: `/api/v1${path}`, headers, ...(payload ? { payload } : {}) })

const write = async (headers: Headers, body: object): Promise<Article> => {
  const answer = await ask(headers, 'POST', '/articles', { title: 'Reading nodules', ...body })
  expect(answer.statusCode, answer.body).toBe(201)
  return answer.json()
}

const textOf = async (id: string, revision?: number): Promise<string> =>
  (await ask(ann, 'GET', `/articles/${id}/text${revision ? `?revision=${revision}` : ''}`)).json().text

/** All pages of the blocks, which must be the text. */
async function blocksOf(id: string, limit = 3): Promise<ArticleBlock[]> {
  const items: ArticleBlock[] = []
  let cursor = ''
  for (;;) {
    const page = (await ask(ann, 'GET', `/articles/${id}/blocks?limit=${limit}${cursor}`)).json()
    items.push(...page.items)
    if (!page.nextCursor) return items
    cursor = `&cursor=${page.nextCursor}`
  }
}

const LONG = Array.from(
  { length: 12 },
  (_, at) => `## Part ${at} 第${at}节\n\n${`结节 nodule ${at}. `.repeat(150)}\n\n`,
).join('')

it('is written, read by blocks from any place, and has a contents list', async () => {
  const article = await write(ann, { text: `# Title\n\nFirst **words**.\r\n\r\n${LONG}` })
  expect(article).toMatchObject({ revision: 1, state: 'draft', visibility: 'private', access: 'owner' })
  expect(article.summary).toMatch(/^First words\. 结节/)
  const blocks = await blocksOf(article.id)
  const text = await textOf(article.id)
  expect(blocks.length).toBe(article.blocks)
  expect(blocks.length).toBeGreaterThan(8)
  expect(blocks.map((block) => block.text).join('')).toBe(text)
  expect(Buffer.byteLength(text)).toBe(article.bytes)
  const { items } = (await ask(ann, 'GET', `/articles/${article.id}/headings`)).json()
  expect(items).toHaveLength(13)
  expect(items[4]).toMatchObject({ text: 'Part 3 第3节', level: 2 })
  const from = (await ask(ann, 'GET', `/articles/${article.id}/blocks?from=${items[4].blockId}&limit=2`)).json()
  expect(from).toMatchObject({ hasBefore: true, items: [{ id: items[4].blockId }, {}] })
  const before = (await ask(ann, 'GET', `/articles/${article.id}/blocks?before=${items[4].blockId}&limit=100`)).json()
  expect(before.hasBefore).toBe(false)
  const place = blocks.findIndex(({ id }) => id === items[4].blockId)
  expect(before.items).toEqual(blocks.slice(0, place))
})

it('one block is changed without the others, and two who change the same one do not overwrite each other', async () => {
  const article = await write(ann, { text: LONG })
  const blocks = await blocksOf(article.id)
  const [third, fourth] = [blocks[2], blocks[3]] as [ArticleBlock, ArticleBlock]
  const path = (block: ArticleBlock) => `/articles/${article.id}/blocks/${block.id}`
  const edit = (block: ArticleBlock, text: string) =>
    ask({ ...ann, 'if-match': `"${block.tag}"` }, 'PUT', path(block), { text })
  const changed = await edit(third, '## New part\n\nNew words.')
  expect(changed.json().article).toMatchObject({ revision: 2, blocks: blocks.length })
  expect((await edit(third, 'Other words.')).statusCode).toBe(412)
  expect((await edit(fourth, fourth.text.replace('nodule', 'nodules'))).statusCode).toBe(200)
  const parts = blocks.map(({ text }) => text)
  parts[2] = '## New part\n\nNew words.\n\n'
  parts[3] = fourth.text.replace('nodule', 'nodules')
  expect(await textOf(article.id)).toBe(parts.join(''))
  expect(await textOf(article.id, 1)).toBe(LONG)

  const grown = (await edit(changed.json().items[0], LONG)).json()
  expect(grown.items.length).toBeGreaterThan(5)
  expect(grown.items.map((block: ArticleBlock) => block.text).join('')).toBe(LONG)
  const gone = (await edit(grown.items[0], '')).json()
  expect(gone.items).toEqual([])
  expect(gone.article.blocks).toBe((await blocksOf(article.id)).length)
  expect((await edit(grown.items[1], 'x'.repeat(300_000))).statusCode).toBe(422)
})

it('any run of changes leaves one list, every revision as it was, and a way back', async () => {
  const piece = fc.integer({ min: 0, max: 6 }).map((at) => `## ${at}\n\n${'文字 word '.repeat(80 * at + 120)}\n\n`)
  const step = fc.oneof(
    fc.record({ kind: fc.constant('whole' as const), parts: fc.array(piece, { maxLength: 6 }) }),
    fc.record({ kind: fc.constant('block' as const), at: fc.nat(20), text: fc.oneof(piece, fc.constant('')) }),
    fc.record({ kind: fc.constant('restore' as const), at: fc.nat(20) }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 9 }), async (steps) => {
      const { id } = await write(ann, { text: LONG })
      const texts = [LONG]
      for (const change of steps) {
        const blocks = await blocksOf(id, 50)
        if (change.kind === 'whole') await ask(ann, 'PUT', `/articles/${id}/text`, { text: change.parts.join('') })
        if (change.kind === 'restore') {
          await ask(ann, 'POST', `/articles/${id}/revisions/${1 + (change.at % texts.length)}/restore`)
        }
        const block = change.kind === 'block' ? blocks[change.at % Math.max(1, blocks.length)] : undefined
        if (block && change.kind === 'block') {
          await ask(ann, 'PUT', `/articles/${id}/blocks/${block.id}`, { text: change.text })
        }
        const now = (await ask(ann, 'GET', `/articles/${id}`)).json() as Article
        const text = await textOf(id)
        if (now.revision > texts.length) texts.push(text)
        expect(now.revision).toBe(texts.length)
        expect(text).toBe(texts.at(-1))
        expect(Buffer.byteLength(text)).toBe(now.bytes)
        expect(await blocksOf(id, 50)).toHaveLength(now.blocks)
      }
      for (const [at, text] of texts.entries()) expect(await textOf(id, at + 1)).toBe(text)
      const { items } = (await ask(ann, 'GET', `/articles/${id}/comparison?from=1&to=${texts.length}`)).json()
      const differs = (items as ArticleDifference[]).some(({ kind }) => kind === 'changed')
      expect(differs).toBe(texts.at(-1) !== LONG)
    }),
    { numRuns: 12 },
  )
})

it('tells what changed between two revisions, and goes back', async () => {
  const article = await write(ann, { text: LONG })
  const changed = LONG.replace('Part 5', 'Chapter 5')
  await ask({ ...ann, 'if-match': '"1"' }, 'PUT', `/articles/${article.id}/text`, { text: changed })
  expect(
    (await ask({ ...ann, 'if-match': '"1"' }, 'PUT', `/articles/${article.id}/text`, { text: '' })).statusCode,
  ).toBe(412)
  await ask({ ...ann, 'if-match': '"2"' }, 'PATCH', `/articles/${article.id}`, { title: 'Renamed' })
  const { items } = (await ask(ann, 'GET', `/articles/${article.id}/comparison?from=1&to=3`)).json()
  expect(items.map(({ kind }: ArticleDifference) => kind)).toEqual(['same', 'changed', 'same'])
  expect(items[1].after).toBe(items[1].before.replace('Part 5', 'Chapter 5'))
  const back = (await ask(ann, 'POST', `/articles/${article.id}/revisions/1/restore`)).json()
  expect(back).toMatchObject({ revision: 4, title: 'Reading nodules' })
  expect(await textOf(article.id)).toBe(LONG)
  const history = (await ask(ann, 'GET', `/articles/${article.id}/revisions?limit=3`)).json()
  expect(history.items.map((each: { kind: string; changed: number }) => [each.kind, each.changed])).toEqual([
    ['restored', 1],
    ['edited', 0],
    ['edited', 1],
  ])
  expect(history.nextCursor).toBe('2')
})

it('is frozen, put away, taken back, and removed for good', async () => {
  const { id } = await write(ann, { text: 'words', visibility: 'public', state: 'published' })
  expect((await ask(ann, 'POST', `/articles/${id}/freeze`)).json().frozenAt).not.toBeNull()
  for (const [method, path, body] of [
    ['PUT', `/articles/${id}/text`, { text: 'x' }],
    ['PATCH', `/articles/${id}`, { title: 'x' }],
    ['DELETE', `/articles/${id}`, undefined],
    ['POST', `/articles/${id}/revisions/1/restore`, undefined],
  ] as const) {
    expect((await ask(ann, method, path, body)).json().code, path).toBe('ARTICLE_FROZEN')
  }
  await ask(ann, 'POST', `/articles/${id}/unfreeze`)
  expect((await ask(ann, 'DELETE', `/articles/${id}`)).statusCode).toBe(204)
  expect((await ask(ben, 'GET', `/articles/${id}`)).statusCode).toBe(404)
  const bin = (await ask(ann, 'GET', '/articles?which=bin')).json()
  expect(bin.items.map((item: Article) => item.id)).toEqual([id])
  expect((await ask(ann, 'PUT', `/articles/${id}/text`, { text: 'x' })).statusCode).toBe(409)
  expect((await ask(ann, 'POST', `/articles/${id}/restore`)).json().deletedAt).toBeNull()
  expect((await ask(ann, 'POST', `/articles/${id}/purge`)).statusCode).toBe(409)
  await ask(ann, 'DELETE', `/articles/${id}`)
  await test.context.db
    .updateTable('articles')
    .set({ deleted_at: new Date(0) })
    .where('id', '=', id)
    .execute()
  await emptyBin(test.context, { days: 30 })
  expect((await ask(ann, 'GET', `/articles/${id}`)).statusCode).toBe(404)
  const rows = await test.context.db
    .selectFrom('article_blocks')
    .select('block_id')
    .where('article_id', '=', id as never)
    .execute()
  expect(rows).toEqual([])
  const audit = (await ask(root, 'GET', '/audit?subject=article&limit=500')).json()
  const events = audit.items.filter((event: { subjectId: string }) => event.subjectId === id)
  expect(events.map((event: { action: string }) => event.action)).toContain('delete')
  expect(events.some((event: { after: { frozen_at?: string } | null }) => event.after?.frozen_at)).toBe(true)
})

it('is read by those it is for, as long as they belong there; drafts by those who may review', async () => {
  const open = await write(ann, { text: 'a', visibility: 'public', state: 'published' })
  const draft = await write(ann, { text: 'a', visibility: 'public' })
  const house = await write(ann, { text: 'a', visibility: 'organisation', organisationId, state: 'published' })
  const local = await write(ann, { text: 'a', visibility: 'project', projectId: project.id, state: 'published' })
  const own = await write(ann, { text: 'a', state: 'published' })
  const all = [open, draft, house, local, own]
  const seenBy = async (headers: Headers) => {
    const seen = await Promise.all(
      all.map(async ({ id }) => (await ask(headers, 'GET', `/articles/${id}`)).statusCode === 200),
    )
    const listed = (await ask(headers, 'GET', '/articles?limit=500')).json().items.map((item: Article) => item.id)
    expect(all.map(({ id }) => listed.includes(id))).toEqual(seen)
    return seen
  }
  expect(await seenBy(ann)).toEqual([true, true, true, true, true])
  expect(await seenBy(ben)).toEqual([true, false, false, false, false])
  const benId = (await ask(ben, 'GET', '/me')).json().id
  await test.context.db
    .insertInto('organisation_members')
    .values({ organisation_id: organisationId as never, user_id: benId, role: 'viewer' })
    .execute()
  expect(await seenBy(ben)).toEqual([true, false, true, true, false])
  expect((await ask(ben, 'PUT', `/articles/${house.id}/text`, { text: 'b' })).statusCode).toBe(403)
  await test.context.db.deleteFrom('organisation_members').where('user_id', '=', benId).execute()
  expect((await ask(ben, 'PUT', `/articles/${open.id}/text`, { text: 'b' })).statusCode).toBe(403)
  const foreign = { visibility: 'organisation', organisationId }
  expect((await ask(ben, 'POST', '/articles', { title: 'x', ...foreign })).statusCode).toBe(404)
  expect((await ask(ann, 'PATCH', `/articles/${own.id}`, { visibility: 'organisation' })).statusCode).toBe(422)
  expect((await ask(ann, 'PATCH', `/articles/${own.id}`, foreign)).json().homeName).toBe('Radiology')
  await ask(ann, 'PATCH', `/articles/${own.id}`, { visibility: 'private' })
})

it('is found by words in Chinese and English, in text and title, as it is now', async () => {
  const article = await write(ann, {
    title: '肺结节标注指南',
    text: `${LONG}\n\n毛刺征提示恶性。Spiculation is a sign.\n`,
  })
  const found = async (q: string): Promise<FoundArticle[]> =>
    (await ask(ann, 'GET', `/articles?q=${encodeURIComponent(q)}`)).json().items
  for (const q of ['毛刺', '恶性 spiculation', 'SPIC', '标注指南', '肺结']) {
    expect(
      (await found(q)).map(({ id }) => id),
      q,
    ).toEqual([article.id])
  }
  expect((await found('毛刺'))[0]?.excerpt).toContain('毛刺征提示恶性')
  expect(await found('骨折')).toEqual([])
  expect(await found('毛%刺')).toEqual([])
  const last = (await blocksOf(article.id)).at(-1) as ArticleBlock
  await ask(ann, 'PUT', `/articles/${article.id}/blocks/${last.id}`, { text: '已改写。' })
  await ask(ann, 'PATCH', `/articles/${article.id}`, { title: 'Guide' })
  expect(await found('毛刺')).toEqual([])
  expect(await found('标注指南')).toEqual([])
  expect(await found('已改写')).toHaveLength(1)
})

it('guides a project: whoever sees the project may read it', async () => {
  const mine = await write(ann, { text: 'a' })
  const guideline = `/projects/${project.id}/guideline`
  expect((await ask(ann, 'GET', guideline)).json()).toEqual({ article: null })
  expect((await ask(ann, 'PUT', guideline, { articleId: mine.id })).statusCode).toBe(409)
  await ask(ann, 'PATCH', `/articles/${mine.id}`, { state: 'published' })
  expect((await ask(ann, 'PUT', guideline, { articleId: mine.id })).json().article.id).toBe(mine.id)
  expect((await ask(ben, 'GET', `/articles/${mine.id}`)).statusCode).toBe(404)
  const benId = (await ask(ben, 'GET', '/me')).json().id
  await test.context.db.insertInto('project_reviewers').values({ project_id: project.id, user_id: benId }).execute()
  expect((await ask(ben, 'GET', guideline)).json().article).toMatchObject({ id: mine.id, access: 'viewer' })
  expect((await ask(ben, 'GET', `/articles/${mine.id}/text`)).statusCode).toBe(200)
  await ask(ann, 'PATCH', `/articles/${mine.id}`, { state: 'draft' })
  expect((await ask(ann, 'GET', guideline)).json()).toEqual({ article: null })
  expect((await ask(ben, 'GET', `/articles/${mine.id}`)).statusCode).toBe(404)
})

it('is commented on by those who read it', async () => {
  const article = await write(ann, { title: 'Talked about', text: 'a', visibility: 'public', state: 'published' })
  const to = { kind: 'article', articleId: article.id }
  const posted = await ask(ben, 'POST', '/messages', { to, text: 'Is 6 mm meant?' })
  expect(posted.statusCode, posted.body).toBe(201)
  await ask(ann, 'POST', '/messages', { quotes: [posted.json().id], text: 'Yes.' })
  const { items } = (await ask(ben, 'GET', `/articles/${article.id}/discussions`)).json()
  expect(items).toMatchObject([{ size: 2, topic: { kind: 'article', name: 'Talked about' } }])
  await ask(ann, 'PATCH', `/articles/${article.id}`, { visibility: 'private' })
  expect((await ask(ben, 'POST', '/messages', { to, text: 'And now?' })).statusCode).toBe(404)
  expect((await ask(ben, 'GET', `/messages/${posted.json().id}/thread`)).statusCode).toBe(404)
})

it('stays with its author when its organisation ends', async () => {
  const other = (await ask(ben, 'POST', '/organisations', { name: 'Other' })).json().id
  const article = await write(ben, { text: 'a', visibility: 'organisation', organisationId: other })
  expect((await ask(ben, 'DELETE', `/organisations/${other}`, { projects: 'bin' })).statusCode).toBe(204)
  const kept = await ask(ben, 'GET', `/articles/${article.id}`)
  expect(kept.json()).toMatchObject({ visibility: 'private', organisationId: null, access: 'owner' })
})

it('refuses what does not fit', async () => {
  expect((await ask(ann, 'POST', '/articles', { title: ' ', text: '' })).statusCode).toBe(422)
  expect((await ask(ann, 'POST', '/articles', { title: 'x', text: '字'.repeat(6_000_000) })).statusCode).toBe(422)
  expect((await ask({}, 'GET', '/articles')).statusCode).toBe(401)
  const { id } = await write(ann, { text: 'a\u0000b\ud800' })
  expect(await textOf(id)).toBe('ab\ufffd')
  for (const path of ['blocks?cursor=x', 'revisions?cursor=x', 'comparison?from=1&to=1&cursor=x']) {
    expect((await ask(ann, 'GET', `/articles/${id}/${path}`)).statusCode, path).toBe(400)
  }
})
