import { FileBudget, readZip } from '@vesalius/formats'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestApp, signUp, type TestApp } from '../../testing/test-app.ts'
import { phantomPng, projectOf, uploadImage } from '../../testing/uploads.ts'
import { deleteAccountHandler } from './delete-account.ts'
import { gatherOwnDataHandler } from './gather-own-data.job.ts'

const PASSWORD = 'correct horse battery'
type Headers = Record<string, string>
let test: TestApp
let root: Headers
let ann: Headers
let ben: Headers
const ids: Record<string, string> = {}
let own: string
let shared: string
let organisation: string
let ofOrganisation: string
beforeAll(async () => {
  test = await openTestApp()
  root = await signUp(test.app, 'root')
  ann = await signUp(test.app, 'ann')
  ben = await signUp(test.app, 'ben')
  for (const [name, headers] of Object.entries({ root, ann, ben }))
    ids[name] = (await call('GET', '/me', headers)).json().id
  organisation = (await call('POST', '/organisations', ann, { name: 'Clinic' })).json().id
  const project = await call('POST', '/projects', ann, {
    name: 'P',
    taskType: 1000,
    classes: [],
    organisationId: organisation,
  })
  ofOrganisation = (await uploadImage(test.app, ann, project.json().id, { bytes: await phantomPng({ seed: 3 }) })).id
  const image = await uploadImage(test.app, ann, await projectOf(test.app, ann, 1000), { name: '图.png' })
  own = image.uri
  await call('POST', `/images/${image.id}/editors`, ann, { userId: ids.ben })
  const copy = await call('POST', `/images/${image.id}/copies`, ann, { userId: ids.ben })
  expect(copy.statusCode, copy.body).toBeLessThan(300)
  const bens = await uploadImage(test.app, ben, await projectOf(test.app, ben, 1000), {
    bytes: await phantomPng({ seed: 5 }),
  })
  await call('POST', `/images/${bens.id}/editors`, ben, { userId: ids.ann })
  await call('PUT', `/images/${bens.id}/label`, ann, { type: 1000, data: { tags: ['by ann'] } })
  await call('POST', `/images/${bens.id}/comments`, ann, { text: 'look here' })
  shared = bens.id
})
afterAll(() => test.close())

const call = (method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, headers: Headers, payload?: object) =>
  test.app.inject({ method, url: `/api/v1${url}`, headers, ...(payload ? { payload } : {}) })
const run = { signal: new AbortController().signal, isLastTry: false }

it('is gathered in one zip by a job, without a secret, for whoever it belongs to', async () => {
  const { secret } = (await call('POST', '/tokens', ann, { name: 'script' })).json()
  const { id } = (await call('POST', '/me/archives', ann)).json()
  expect((await call('POST', '/me/archives', ann)).json().id).toBe(id)
  expect((await call('GET', `/me/archives/${id}/file`, ann)).statusCode).toBe(404)
  await gatherOwnDataHandler(test.context)({ payload: { archiveId: id }, ...run })
  expect((await call('GET', '/me/archives', ann)).json().items).toMatchObject([{ id, state: 'ready' }])
  expect((await call('GET', `/me/archives/${id}/file`, ben)).statusCode).toBe(404)
  const zip = (await call('GET', `/me/archives/${id}/file`, ann)).rawPayload
  const files = new Map(
    readZip(zip, new FileBudget(1e8), () => true).map(({ path, bytes }) => [path, Buffer.from(bytes).toString()]),
  )
  expect(JSON.parse(files.get('account.json') ?? '')).toMatchObject({
    user: { username: 'ann' },
    memberships: [{ name: 'Clinic', role: 'owner' }],
    tokens: [{ name: 'script' }],
  })
  expect([...files.keys()].filter((path) => path.endsWith('.png'))).toHaveLength(1)
  expect([...files.keys()].filter((path) => path.endsWith('.label'))).toHaveLength(1)
  expect(files.get('labels-elsewhere.jsonl')).toContain('by ann')
  expect(files.get('remarks.jsonl')).toContain('look here')
  expect(files.get('record.jsonl')).toContain('POST /organisations')
  const all = [...files.values()].join('')
  expect(all).not.toContain(secret)
  expect(all).not.toMatch(/argon2|secret_hash/)
})

it('is told what would happen to it, and an account that others depend on stays', async () => {
  expect((await call('GET', '/me/farewell', ann)).json()).toMatchObject({
    images: 1,
    peopleSharedWith: 1,
    annotatedElsewhere: 1,
    uploadedElsewhere: 1,
    organisations: [{ name: 'Clinic', role: 'owner', isLastOwner: true }],
    obstacle: 'LAST_OWNER',
  })
  expect((await call('DELETE', '/me', ann, { password: PASSWORD })).json().code).toBe('LAST_OWNER')
  expect((await call('DELETE', '/me', root, { password: PASSWORD })).json().code).toBe('LAST_ADMINISTRATOR')
})

it('goes with the account: own projects for good, the rest stays without a name', async () => {
  const { link } = (await call('POST', `/organisations/${organisation}/invitations`, ann, { role: 'owner' })).json()
  await call('POST', `/invitations/${link.split('#')[1]}/accept`, ben)
  for (const password of ['wrong', null]) {
    expect((await call('DELETE', '/me', ann, { password })).json().code).toBe('WRONG_CREDENTIALS')
  }
  const gone = await call('DELETE', '/me', ann, { password: PASSWORD })
  expect(gone.statusCode, gone.body).toBe(204)
  expect((await call('GET', '/me', ann)).statusCode).toBe(401)
  const login = await test.app.inject({
    method: 'POST',
    url: '/api/v1/auth/login',
    payload: { login: 'ann', password: PASSWORD },
  })
  expect(login.json().code).toBe('WRONG_CREDENTIALS')
  const job = { payload: { userId: ids.ann as never }, ...run }
  await deleteAccountHandler(test.context)(job)
  await deleteAccountHandler(test.context)(job)
  const left = await test.context.db
    .selectFrom('projects')
    .select('id')
    .where('owner_id', '=', ids.ann as never)
    .where('organisation_id', 'is', null)
    .execute()
  expect(left).toEqual([])
  // Ben's copy uses the file.
  expect(await test.context.storage.size(own)).not.toBeNull()
  expect((await call('GET', `/images/${ofOrganisation}/file`, ben)).statusCode).toBe(200)
  expect((await call('GET', `/images/${shared}/label`, ben)).json().data).toEqual({ tags: ['by ann'] })
  const [remark] = (await call('GET', `/images/${shared}/comments`, ben)).json().items
  expect(remark.text).toBe('look here')
  const rows = JSON.stringify(
    await test.context.db
      .selectFrom('users')
      .selectAll()
      .where('id', '=', ids.ann as never)
      .execute(),
  )
  expect(rows).not.toMatch(/"ann"|ann@/)
  expect((await call('GET', '/users?name=ann', ben)).json().items).toEqual([])
  expect((await call('GET', '/administration/accounts?search=deleted', root)).json().items).toEqual([])
  const again = await signUp(test.app, 'ann')
  expect((await call('GET', '/me', again)).json().id).not.toBe(ids.ann)
})
