import { type AuditEvent, routes } from '@vesalius/contracts'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runAs } from '../../db/actor.ts'
import { openTestApp, signUp, type TestApp } from '../../testing/test-app.ts'
import { projectOf, uploadImage } from '../../testing/uploads.ts'
import { verifyAudit } from './verify-audit.ts'

let test: TestApp
let root: { cookie: string }
let ann: { cookie: string }
let project: string
beforeAll(async () => {
  test = await openTestApp()
  root = await signUp(test.app, 'root')
  ann = await signUp(test.app, 'ann')
  project = await projectOf(test.app, ann, 1001)
})
afterAll(() => test.close())

const send = (method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, payload?: object, headers: object = ann) =>
  test.app.inject({ method, url: `/api/v1${url}`, headers: headers as typeof ann, ...(payload ? { payload } : {}) })
const list = async (query: string, headers = root) =>
  (await test.app.inject({ url: `/api/v1/audit?${query}`, headers })).json().items as AuditEvent[]

describe('the record of changes', () => {
  it('says who changed what from what to what, when and why', async () => {
    const reason = encodeURIComponent('新的命名规则')
    await send('PATCH', `/projects/${project}`, { name: 'Fresh' }, { ...ann, 'x-reason': reason })
    const [event] = await list(`subject=project&subjectId=${project}`)
    expect(event).toMatchObject({
      actorName: 'ann',
      actorBy: 'session',
      via: 'PATCH /projects/:projectId',
      reason: '新的命名规则',
      action: 'change',
      after: { name: 'Fresh' },
      projectId: project,
    })
    expect(Object.keys(event?.before ?? {})).toEqual(['name'])
  })

  it('holds labels, states, shares and tokens, and no secret', async () => {
    const image = await uploadImage(test.app, ann, project)
    const label = { type: 1001, data: { key: { 0: 'no', 1: 'yes' }, value: 1 } }
    const { classes } = (await test.app.inject({ url: `/api/v1/projects/${project}`, headers: ann })).json()
    label.data.key = { 0: classes[0], 1: classes[1] }
    expect((await send('PUT', `/images/${image.id}/label`, label)).statusCode).toBe(200)
    await send('POST', `/images/${image.id}/freeze`)
    const { secret } = (await send('POST', '/tokens', { name: 'script' })).json()
    const events = await list('limit=500')
    const told = events.map(({ subject, action }) => `${action} ${subject}`)
    for (const each of [
      'create image',
      'create label',
      'change image',
      'create token',
      'create user',
      'create session',
    ]) {
      expect(told).toContain(each)
    }
    expect(events.find(({ subject }) => subject === 'label')?.after).toMatchObject({
      data: expect.stringMatching(/^sha256:/),
    })
    const text = JSON.stringify(events)
    expect(text).not.toContain(secret)
    expect(text).not.toContain('$argon2')
    expect(text).not.toContain(ann.cookie.split('=')[1]?.split('.')[0])
  })

  it('records nothing of a change that was rolled back', async () => {
    const { db } = test.context
    const before = (await verifyAudit(db)).events
    await db
      .transaction()
      .execute(async (trx) => {
        await trx
          .updateTable('projects')
          .set({ name: 'never' })
          .where('id', '=', project as never)
          .execute()
        throw new Error('no')
      })
      .catch(() => {})
    expect((await verifyAudit(db)).events).toBe(before)
  })

  it('is exported as JSON lines and as FHIR AuditEvents, oldest first', async () => {
    const get = (format: string) =>
      test.app.inject({ url: `/api/v1${routes.exportAudit.path}?format=${format}`, headers: root })
    const lines = (await get('jsonl')).body.trim().split('\n')
    expect(lines.map((line) => JSON.parse(line).seq)).toEqual(lines.map((_, index) => index + 1))
    const [first] = (await get('fhir')).body.split('\n')
    expect(JSON.parse(first ?? '')).toMatchObject({ resourceType: 'AuditEvent', action: 'C', entity: [{ what: {} }] })
  })

  it('shows a project to who manages it, and the whole to administrators only', async () => {
    const of = (url: string, headers: typeof ann) => test.app.inject({ url: `/api/v1${url}`, headers })
    const own = (await of(`/projects/${project}/audit?limit=3`, ann)).json()
    expect(own.items).toHaveLength(3)
    expect(own.items.every((event: AuditEvent) => event.projectId === project)).toBe(true)
    expect((await of('/audit', ann)).statusCode).toBe(404)
  })
})

describe('verification', () => {
  it('finds the chain whole after many writers at once, with nothing lost and each under its own name', async () => {
    const { db } = test.context
    const before = (await verifyAudit(db)).events
    const [writers, changes] = [24, 5]
    const ids = await Promise.all(
      Array.from({ length: writers }, async (_, writer) => {
        const id = `writer-${writer}` as never
        const actor = { id, by: 'job' as const, via: `writer ${writer}`, reason: null }
        await runAs(actor, () =>
          db.transaction().execute(async (trx) => {
            await trx
              .insertInto('organisations')
              .values({ id, name: 'first' } as never)
              .execute()
            for (let change = 1; change < changes; change += 1) {
              await trx
                .updateTable('organisations')
                .set({ name: `${change}` })
                .where('id', '=', id)
                .execute()
            }
          }),
        )
        return id
      }),
    )
    const { events, flaws } = await verifyAudit(db)
    expect([events - before, flaws]).toEqual([writers * changes, []])
    const rows = await db
      .selectFrom('audit_events')
      .select(['seq', 'subject_id', 'via'])
      .where('seq', '>', before)
      .orderBy('seq')
      .execute()
    expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, at) => before + 1 + at))
    for (const [writer, id] of ids.entries()) {
      const own = rows.filter(({ subject_id }) => subject_id === id)
      expect(own.map(({ via }) => via)).toEqual(Array.from({ length: changes }, () => `writer ${writer}`))
    }
  })

  it('names each of a thousand events that are changed or removed, every time', async () => {
    const { db } = test.context
    await sql`INSERT INTO organisations (id, name) SELECT 'o' || n, 'n' || n FROM generate_series(1, 1000) AS n`.execute(
      db,
    )
    await sql`ALTER TABLE audit_events DISABLE TRIGGER USER`.execute(db)
    const { events, flaws } = await verifyAudit(db)
    expect(flaws).toEqual([])
    let random = 42
    const chosen = new Set<number>()
    while (chosen.size < 1000) {
      random = (Math.imul(random, 1_664_525) + 1_013_904_223) >>> 0
      chosen.add((random % events) + 1)
    }
    const changes = [
      `reason = 'x'`,
      `actor_id = 'eve'`,
      `at = at + interval '1 microsecond'`,
      `"after" = '{}'`,
      `hash = '\\x00'`,
    ]
    const all = [...chosen]
    let named = 0
    for (let from = 0; from < all.length; from += 20) {
      const batch = all.slice(from, from + 20)
      const found = await db
        .transaction()
        .execute(async (trx) => {
          for (const [at, seq] of batch.entries()) {
            const change = changes[at % (changes.length + 1)]
            const statement = change ? `UPDATE audit_events SET ${change}` : 'DELETE FROM audit_events'
            await sql.raw(`${statement} WHERE seq = ${seq}`).execute(trx)
          }
          throw Object.assign(new Error('back'), { found: (await verifyAudit(trx)).flaws })
        })
        .catch((error) => error.found as { seq: number }[])
      expect(found.map((flaw) => flaw.seq)).toEqual(batch.toSorted((a, b) => a - b))
      named += found.length
    }
    await sql`ALTER TABLE audit_events ENABLE TRIGGER USER`.execute(db)
    process.stdout.write(`audit: ${chosen.size} of ${events} events changed or removed, ${named} named\n`)
    expect(named).toBe(1000)
  }, 300_000)

  it('refuses to change or remove an event the ordinary way', async () => {
    const { db } = test.context
    for (const statement of [
      `UPDATE audit_events SET reason = 'x'`,
      'DELETE FROM audit_events',
      'TRUNCATE audit_witness',
    ]) {
      await expect(sql.raw(statement).execute(db)).rejects.toThrow('only added to')
    }
  })
})
