import type { Organisation, Project } from '@vesalius/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApp, signUp, type TestApp } from '../../testing/test-app.ts'
import { phantomPng, upload, uploadImage } from '../../testing/uploads.ts'

let test: TestApp
type Headers = { cookie: string }
let [root, ann, ben, eve] = [] as unknown as Headers[]
const id: Record<string, string> = {}
beforeAll(async () => {
  test = await openTestApp()
  root = await signUp(test.app, 'root')
  ann = await signUp(test.app, 'ann')
  ben = await signUp(test.app, 'ben')
  eve = await signUp(test.app, 'eve')
  for (const [name, headers] of Object.entries({ ann, ben, eve })) id[name] = (await get('/me', headers)).json().id
})
afterAll(() => test.close())

const send = (method: 'POST' | 'DELETE' | 'PATCH' | 'PUT', url: string, payload?: object, headers = ann) =>
  test.app.inject({ method, url: `/api/v1${url}`, headers: headers as Headers, ...(payload ? { payload } : {}) })
const get = (url: string, headers = ann) => test.app.inject({ url: `/api/v1${url}`, headers: headers as Headers })
const found = async (name = 'Lab') => (await send('POST', '/organisations', { name })).json() as Organisation
const makeProject = async (organisationId: string, headers = ann) =>
  (
    await send('POST', '/projects', { name: 'Cells', taskType: 1001, classes: ['no', 'yes'], organisationId }, headers)
  ).json() as Project
const join = async (organisationId: string, role: string, headers = ben) => {
  const { link } = (await send('POST', `/organisations/${organisationId}/invitations`, { role })).json()
  return send('POST', `/invitations/${link.split('#')[1]}/accept`, undefined, headers)
}

describe('an organisation', () => {
  it('has its founder as owner, and is nothing to others', async () => {
    const lab = await found()
    expect(lab).toMatchObject({ role: 'owner', members: 1, projects: 0 })
    expect((await get('/organisations', ben)).json().items).toEqual([])
    expect((await get(`/organisations/${lab.id}`, ben)).statusCode).toBe(404)
  })

  it('lets members see and annotate its projects as their role says', async () => {
    const lab = await found()
    const project = await makeProject(lab.id)
    const image = await uploadImage(test.app, ann as Headers, project.id)
    expect((await get(`/projects/${project.id}`, ben)).statusCode).toBe(404)
    expect((await join(lab.id, 'annotator')).json()).toMatchObject({ id: lab.id, role: 'annotator', members: 2 })
    expect((await get(`/projects/${project.id}`, ben)).json()).toMatchObject({
      access: 'annotator',
      counts: { images: 1 },
    })
    expect((await get('/projects', ben)).json().items.map((each: Project) => each.id)).toContain(project.id)
    const label = { type: 1001, data: { key: { 0: 'no', 1: 'yes' }, value: 1 } }
    expect((await send('PUT', `/images/${image.id}/label`, label, ben)).statusCode).toBe(200)
    expect((await send('DELETE', `/images/${image.id}`, undefined, ben)).statusCode).toBe(403)
    expect(
      (await send('POST', '/projects', { name: 'X', taskType: 1001, organisationId: lab.id }, ben)).statusCode,
    ).toBe(403)
    expect((await send('POST', `/organisations/${lab.id}/leave`, undefined, ben)).statusCode).toBe(204)
    expect((await get(`/images/${image.id}`, ben)).statusCode).toBe(404)
  })

  it('keeps one owner, and lets only owners make owners', async () => {
    const lab = await found()
    await join(lab.id, 'admin')
    const member = (name: string) => `/organisations/${lab.id}/members/${id[name]}`
    expect((await send('PATCH', member('ann'), { role: 'viewer' })).json().code).toBe('LAST_OWNER')
    expect((await send('POST', `/organisations/${lab.id}/leave`)).json().code).toBe('LAST_OWNER')
    expect((await send('PATCH', member('ben'), { role: 'owner' }, ben)).statusCode).toBe(403)
    expect((await send('DELETE', member('ann'), undefined, ben)).statusCode).toBe(403)
    expect((await send('POST', `/organisations/${lab.id}/invitations`, { role: 'owner' }, ben)).statusCode).toBe(403)
    expect((await send('PATCH', member('ben'), { role: 'owner' })).json().role).toBe('owner')
    const both = await Promise.all(
      [ann, ben].map((who) => send('POST', `/organisations/${lab.id}/leave`, undefined, who)),
    )
    expect(both.map((answer) => answer.statusCode).sort()).toEqual([204, 409])
  })

  it('says what it holds before it goes, then leaves its projects to who ended it', async () => {
    const lab = await found()
    const project = await makeProject(lab.id)
    const image = await uploadImage(test.app, ann as Headers, project.id)
    expect((await get(`/organisations/${lab.id}/holdings`)).json()).toEqual({
      projects: 1,
      images: 1,
      bytes: image.byteSize,
      models: 0,
      members: 1,
      activeRuns: 0,
      limits: { storageBytes: null, activeRuns: null },
    })
    await join(lab.id, 'owner')
    expect((await send('DELETE', `/organisations/${lab.id}`, { projects: 'keep' }, ben)).statusCode).toBe(204)
    expect((await get(`/projects/${project.id}`, ben)).json()).toMatchObject({ organisationId: null, access: 'owner' })
    expect((await get(`/projects/${project.id}`)).statusCode).toBe(404)
    expect((await get(`/organisations/${lab.id}`)).statusCode).toBe(404)
    const other = await found()
    const binned = await makeProject(other.id)
    await send('DELETE', `/organisations/${other.id}`, { projects: 'bin' })
    expect((await send('POST', `/projects/${binned.id}/restore`)).statusCode).toBe(200)
  })

  it('stores and trains no more than its quota, which only an administrator sets', async () => {
    const lab = await found()
    const project = await makeProject(lab.id)
    const bytes = await phantomPng({ seed: 5 })
    const quota = { storageBytes: Math.round(bytes.length * 1.5), activeRuns: 0 }
    expect((await send('PUT', `/organisations/${lab.id}/quota`, quota)).statusCode).toBe(404)
    expect((await send('PUT', `/organisations/${lab.id}/quota`, quota, root)).json().quota).toEqual(quota)
    const { items } = await upload(test.app, ann as Headers, project.id, [
      { name: 'a.png', bytes },
      { name: 'b.png', bytes: await phantomPng({ seed: 6 }) },
    ])
    // Files of one upload are stored side by side, so either may come first.
    const told = items.map((item) => ('error' in item ? item.error.code : 'stored'))
    expect(told.sort()).toEqual(['QUOTA_REACHED', 'stored'])
    const own = (await send('POST', '/projects', { name: 'Mine', taskType: 1001 })).json()
    await uploadImage(test.app, ann as Headers, own.id, { bytes })
    const moved = await send('POST', `/projects/${own.id}/transfer`, { organisationId: lab.id })
    expect(moved.json().code).toBe('QUOTA_REACHED')
  })
})

describe('an invitation', () => {
  it('works once, for whom it is meant, until it is taken back', async () => {
    const lab = await found()
    const path = `/organisations/${lab.id}/invitations`
    const invite = async (more: object) => {
      const { link, invitation } = (await send('POST', path, { role: 'viewer', ...more })).json()
      return { url: `/invitations/${link.split('#')[1]}`, id: invitation.id }
    }
    const forBen = await invite({ email: 'Ben@example.org' })
    const [letter, ...others] = await test.context.db.selectFrom('mails').selectAll().execute()
    expect(others).toEqual([])
    expect(letter).toMatchObject({ recipient: 'ben@example.org', text: expect.stringContaining('"Lab"') })
    expect(letter?.text).toContain(`/invitation#${forBen.url.split('/')[2]}`)
    expect((await get(forBen.url, {} as Headers)).json()).toMatchObject({ organisation: 'Lab', isForOneAddress: true })
    expect((await send('POST', `${forBen.url}/accept`, undefined, eve)).statusCode).toBe(404)
    expect((await send('POST', `${forBen.url}/accept`, undefined, ben)).statusCode).toBe(200)
    expect((await send('POST', `${forBen.url}/accept`, undefined, ben)).statusCode).toBe(404)
    const withdrawn = await invite({})
    expect((await get(path)).json().items).toHaveLength(1)
    expect((await send('DELETE', `${path}/${withdrawn.id}`)).statusCode).toBe(204)
    expect((await send('POST', `${withdrawn.url}/accept`, undefined, eve)).statusCode).toBe(404)
    expect((await get(path)).body).not.toContain(withdrawn.url.split('/')[2])
  })
})

describe('a project', () => {
  it('goes from a person to an organisation and on to another person, with all it holds', async () => {
    const lab = await found()
    const project = (await send('POST', '/projects', { name: 'Mine', taskType: 1001 })).json() as Project
    const image = await uploadImage(test.app, ann as Headers, project.id)
    expect((await send('POST', `/projects/${project.id}/transfer`, { organisationId: lab.id })).statusCode).toBe(204)
    expect((await get(`/projects/${project.id}`)).json().organisationId).toBe(lab.id)
    await join(lab.id, 'admin')
    expect((await send('POST', `/projects/${project.id}/transfer`, { userId: id.ben }, ben)).statusCode).toBe(403)
    expect((await send('POST', `/projects/${project.id}/transfer`, { userId: id.eve })).statusCode).toBe(204)
    expect((await get(`/images/${image.id}/file`, eve)).statusCode).toBe(200)
    expect((await get(`/images/${image.id}`)).statusCode).toBe(404)
    const foreign = await send('POST', `/projects/${project.id}/transfer`, { organisationId: lab.id }, eve)
    expect(foreign.statusCode).toBe(404)
  })
})
