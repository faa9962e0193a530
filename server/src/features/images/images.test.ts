import type { Image } from '@vesalius/contracts'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApp, signUp, type TestApp } from '../../testing/test-app.ts'
import { phantomPng, projectOf, uploadImage } from '../../testing/uploads.ts'

let test: TestApp
let ann: { cookie: string }
let ben: { cookie: string }
let project: string
const images: Image[] = []
const names = ['delta', 'alpha', 'charlie', 'bravo', 'echo']

beforeAll(async () => {
  test = await openTestApp()
  ann = await signUp(test.app, 'ann')
  ben = await signUp(test.app, 'ben')
  project = await projectOf(test.app, ann, 1001)
  for (const [seed, name] of names.entries()) {
    images.push(await uploadImage(test.app, ann, project, { name, bytes: await phantomPng({ seed }) }))
  }
})
afterAll(() => test.close())

const get = (url: string, headers: Record<string, string> = ann) => test.app.inject({ url: `/api/v1${url}`, headers })
const send = (method: 'POST' | 'PATCH' | 'DELETE' | 'PUT', url: string, payload?: object, headers = ann) =>
  test.app.inject({ method, url: `/api/v1${url}`, headers, ...(payload ? { payload } : {}) })

async function listAll(query: string): Promise<string[]> {
  const found: string[] = []
  let cursor: string | null = null
  do {
    const next: string = cursor ? `&cursor=${cursor}` : ''
    const page = (await get(`/projects/${project}/images?limit=2&${query}${next}`)).json()
    found.push(...page.items.map((image: Image) => image.name))
    cursor = page.nextCursor
  } while (cursor)
  return found
}

describe('the list of images', () => {
  it.each([
    ['newest', [...names].reverse()],
    ['oldest', names],
    ['name', [...names].sort()],
  ])('comes page by page in the order "%s"', async (order, expected) => {
    expect(await listAll(`order=${order}`)).toEqual(expected)
  })

  it('puts what the model is least sure of first, and images without a guess last', async () => {
    for (const [index, uncertainty] of [0.1, -1, 0.4, 0.4, 0.2].entries()) {
      await test.context.db.updateTable('images').set({ uncertainty }).where('id', '=', images[index]!.id).execute()
    }
    expect(await listAll('order=uncertain')).toEqual(['bravo', 'charlie', 'echo', 'delta', 'alpha'])
  })

  it('filters by state, annotation and class', async () => {
    const data = { key: { '0': 'negative', '1': 'positive' }, value: 1 }
    await send('PUT', `/images/${images[0]!.id}/label`, { type: 1001, data })
    expect(await listAll('annotated=true')).toEqual(['delta'])
    expect(await listAll('annotated=false&order=oldest')).toEqual(['alpha', 'charlie', 'bravo', 'echo'])
    expect(await listAll('class=1')).toEqual(['delta'])
    expect(await listAll('class=0')).toEqual([])
    expect(await listAll('state=NORMAL')).toEqual(['delta'])
    expect(await listAll('state=TO_LABEL&order=name')).toEqual(['alpha', 'bravo', 'charlie', 'echo'])
  })

  it('filters by part of the name, score, annotator and day', async () => {
    for (const [index, score] of [0.2, 0.9, null, 0.6, null].entries()) {
      await test.context.db
        .updateTable('images')
        .set({ guess_score: score })
        .where('id', '=', images[index]!.id)
        .execute()
    }
    expect(await listAll('text=RA&order=name')).toEqual(['bravo'])
    expect(await listAll('text=%25')).toEqual([])
    for (const part of ['b', 'br', 'RAV', 'ravo', 'bravo'])
      expect(await listAll(`text=${part}`), part).toEqual(['bravo'])
    expect(await listAll('text=brovo')).toEqual([])
    for (const order of ['newest', 'oldest', 'name', 'uncertain']) {
      expect((await listAll(`text=a&order=${order}`)).sort()).toEqual(['alpha', 'bravo', 'charlie', 'delta'])
    }
    expect(await listAll('scoreFrom=0.6&order=name')).toEqual(['alpha', 'bravo'])
    expect(await listAll('scoreFrom=0.1&scoreTo=0.6&order=name')).toEqual(['bravo', 'delta'])
    const annId = (await get('/me')).json().id
    expect(await listAll(`annotatedBy=${annId}`)).toEqual(['delta'])
    expect(await listAll(`annotatedBy=${(await get('/me', ben)).json().id}`)).toEqual([])
    const now = new Date().toISOString()
    expect(await listAll(`from=${now}`)).toEqual([])
    expect((await listAll(`to=${now}`)).length).toBe(5)
    expect((await get(`/projects/${project}/images?scoreFrom=2`)).statusCode).toBe(422)
  })

  it('refuses a cursor that is forged or of another order', async () => {
    const page = (await get(`/projects/${project}/images?limit=1&order=name`)).json()
    for (const cursor of ['x', 'e30', page.nextCursor, 'a'.repeat(600)]) {
      const response = await get(`/projects/${project}/images?order=newest&cursor=${cursor}`)
      expect([400, 422]).toContain(response.statusCode)
    }
    expect((await get(`/projects/${project}/images?limit=501`)).statusCode).toBe(422)
  })

  it('is found by nobody else', async () => {
    expect((await get(`/projects/${project}/images`, ben)).statusCode).toBe(404)
    expect((await get(`/projects/${project}/images`, {})).statusCode).toBe(401)
  })

  it('is answered by an index, whatever the filter', async () => {
    const { sql } = await import('kysely')
    const plans = await test.context.db.transaction().execute(async (trx) => {
      await sql`SET LOCAL enable_seqscan = off`.execute(trx)
      const wheres = [
        `state <> 'DELETED' ORDER BY id DESC`,
        `state <> 'DELETED' ORDER BY name, id`,
        `state <> 'DELETED' ORDER BY uncertainty DESC, id DESC`,
        `state <> 'DELETED' AND annotated_at IS NULL ORDER BY id`,
        `state = 'DELETED' ORDER BY id`,
      ]
      return Promise.all(
        wheres.map((where) =>
          sql<{
            'QUERY PLAN': string
          }>`EXPLAIN SELECT * FROM images WHERE project_id = ${sql.lit(project)} AND ${sql.raw(where)} LIMIT 50`.execute(
            trx,
          ),
        ),
      )
    })
    for (const { rows } of plans) {
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
      expect(plan).toMatch(/Index/)
      expect(plan).not.toMatch(/Seq Scan/)
    }
  })
})

describe('one image', () => {
  it('can be read and renamed by its owner', async () => {
    const { id } = images[1]!
    expect((await get(`/images/${id}`)).json()).toMatchObject({ id, name: 'alpha', taskType: 1001 })
    const renamed = await send('PATCH', `/images/${id}`, { name: 'Ünïcode 病人\u0007' })
    expect(renamed.json().name).toBe('Ünïcode 病人')
    const file = await test.context.storage.read(images[1]!.uri.replace('.png', '.label'))
    expect(JSON.parse(String(file)).meta.name).toBe('Ünïcode 病人')
    expect((await send('PATCH', `/images/${id}`, { name: '' })).statusCode).toBe(422)
    expect((await send('PATCH', `/images/${id}`, { title: 'x' })).statusCode).toBe(422)
  })

  it('is hidden from other people in every way', async () => {
    const { id } = images[1]!
    for (const path of ['', '/file', '/preview', '/label', '/label/revisions', '/predictions']) {
      expect([path, (await get(`/images/${id}${path}`, ben)).statusCode]).toEqual([path, 404])
      expect([path, (await get(`/images/${id}${path}`, {})).statusCode]).toEqual([path, 401])
    }
    for (const [method, path, payload] of [
      ['PATCH', '', { name: 'x' }],
      ['DELETE', '', undefined],
      ['POST', '/restore', undefined],
      ['POST', '/prelabel', undefined],
    ] as const) {
      expect((await send(method, `/images/${id}${path}`, payload, ben)).statusCode).toBe(404)
    }
    expect((await get('/images/not-an-id')).statusCode).toBe(404)
  })

  it('goes to the bin and comes back as it was', async () => {
    const { id, uri } = images[0]!
    expect((await send('DELETE', `/images/${id}`)).statusCode).toBe(204)
    expect((await send('DELETE', `/images/${id}`)).statusCode).toBe(204)
    expect(await listAll('order=oldest')).not.toContain('delta')
    expect(await listAll('state=DELETED')).toEqual(['delta'])
    expect((await send('PATCH', `/images/${id}`, { name: 'x' })).statusCode).toBe(409)
    const file = await test.context.storage.read(uri.replace('.png', '.label'))
    expect(JSON.parse(String(file)).meta.state).toBe('DELETED')
    const restored = await send('POST', `/images/${id}/restore`)
    expect(restored.json()).toMatchObject({ state: 'NORMAL', labelValue: 1 })
    expect(await listAll('order=oldest')).toContain('delta')
  })

  it('cannot be changed while frozen', async () => {
    const { id } = images[4]!
    await test.context.db.updateTable('images').set({ state: 'FROZEN' }).where('id', '=', id).execute()
    expect((await send('DELETE', `/images/${id}`)).json()).toMatchObject({ code: 'IMAGE_FROZEN' })
    expect((await send('PATCH', `/images/${id}`, { name: 'x' })).statusCode).toBe(409)
    expect((await send('POST', `/images/${id}/prelabel`)).statusCode).toBe(409)
    await test.context.db.updateTable('images').set({ state: 'TO_LABEL' }).where('id', '=', id).execute()
  })

  it('tells those who listen what changed', async () => {
    const heard: unknown[] = []
    const stop = test.context.events.subscribe((_, event) => heard.push(event))
    await send('PATCH', `/images/${images[2]!.id}`, { name: 'charlie' })
    stop()
    expect(heard).toMatchObject([{ kind: 'image', image: { id: images[2]!.id, name: 'charlie' } }])
  })
})

describe('the file of an image', () => {
  it('comes back byte for byte, as an attachment under its name', async () => {
    const name = `重要 "a"'(b).png`
    const bytes = await phantomPng({ seed: 9 })
    const image = await uploadImage(test.app, ann, project, { name, bytes })
    const response = await get(`/images/${image.id}/file`)
    expect(response.rawPayload).toEqual(bytes)
    expect(response.headers).toMatchObject({
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
      etag: `"${image.contentHash}"`,
      'content-length': String(bytes.length),
    })
    const disposition = String(response.headers['content-disposition'])
    expect(disposition).toMatch(/^attachment; filename="[\x20-\x7e]+"; filename\*=UTF-8''[A-Za-z0-9%._-]+$/)
    expect(decodeURIComponent(disposition.split("UTF-8''")[1]!)).toBe(name)
  })

  it('answers ranges and knows what the client already has', async () => {
    const { id, contentHash, byteSize } = images[3]!
    const whole = (await get(`/images/${id}/file`)).rawPayload
    const part = await get(`/images/${id}/file`, { ...ann, range: 'bytes=10-19' })
    expect(part.statusCode).toBe(206)
    expect(part.headers['content-range']).toBe(`bytes 10-19/${byteSize}`)
    expect(part.rawPayload).toEqual(whole.subarray(10, 20))
    const tail = await get(`/images/${id}/file`, { ...ann, range: 'bytes=-5' })
    expect(tail.rawPayload).toEqual(whole.subarray(-5))
    expect((await get(`/images/${id}/file`, { ...ann, range: `bytes=${byteSize}-` })).statusCode).toBe(416)
    expect((await get(`/images/${id}/file`, { ...ann, 'if-none-match': `"${contentHash}"` })).statusCode).toBe(304)
  })
})

describe('the preview of an image', () => {
  it('has the asked width and format and may be kept for ever', async () => {
    const bytes = await phantomPng({ width: 300, height: 200 })
    const { id } = await uploadImage(test.app, ann, project, { bytes })
    for (const format of ['webp', 'jpeg', 'png', 'avif']) {
      const response = await get(`/images/${id}/preview?width=100&format=${format}`)
      expect(response.headers['content-type']).toBe(`image/${format}`)
      expect(response.headers['cache-control']).toContain('immutable')
      const { width, height } = await sharp(response.rawPayload).metadata()
      expect([format, width, height]).toEqual([format, 100, 67])
      const etag = String(response.headers.etag)
      expect(
        (await get(`/images/${id}/preview?width=100&format=${format}`, { ...ann, 'if-none-match': etag })).statusCode,
      ).toBe(304)
    }
  })

  it('is never larger than the picture and is upright', async () => {
    const bytes = await sharp(await phantomPng({ width: 60, height: 40 }))
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer()
    const { id } = await uploadImage(test.app, ann, project, { bytes })
    const { width, height } = await sharp((await get(`/images/${id}/preview`)).rawPayload).metadata()
    expect([width, height]).toEqual([40, 60])
  })

  it('shows a 16-bit picture over its own range', async () => {
    const samples = Uint16Array.from({ length: 64 * 64 }, (_, index) => 1000 + (index % 64) * 4)
    const bytes = await sharp(samples, { raw: { width: 64, height: 64, channels: 1 } })
      .toColourspace('grey16')
      .png()
      .toBuffer()
    const image = await uploadImage(test.app, ann, project, { bytes })
    expect(image).toMatchObject({ bitDepth: 16, channels: 1 })
    const { channels } = await sharp((await get(`/images/${image.id}/preview?format=png`)).rawPayload).stats()
    expect(channels[0]).toMatchObject({ min: 0, max: 255 })
  })

  it('refuses widths and formats that are not offered', async () => {
    const { id } = images[0]!
    for (const query of ['width=5', 'width=99999', 'format=svg', 'width=abc']) {
      expect((await get(`/images/${id}/preview?${query}`)).statusCode).toBe(422)
    }
  })
})
