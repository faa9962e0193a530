import { type DicomPush, encodeRle, type Import } from '@vesalius/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sliceDicom } from '../../testing/dicom.ts'
import { type DicomwebServer, openDicomwebServer } from '../../testing/dicomweb-server.ts'
import { until } from '../../testing/remote-world.ts'
import { openTestApp, signUp, type TestApp } from '../../testing/test-app.ts'
import { uploadImage } from '../../testing/uploads.ts'

type Headers = Record<string, string>
let test: TestApp
let admin: Headers
let owner: Headers
let archive: DicomwebServer
let projectId: string

beforeAll(async () => {
  archive = await openDicomwebServer([
    ...[2, 1].map((number) => sliceDicom({ number })),
    sliceDicom({ series: 2 }),
    sliceDicom({ study: '1.2.4', patient: 'P-2', name: 'Roe^Rita' }),
  ])
  test = await openTestApp({ worker: true, environment: { VESALIUS_OUTGOING_ALLOW: '127.0.0.1' } })
  admin = await signUp(test.app, 'admin')
  owner = await signUp(test.app, 'owner')
  projectId = await newProject()
})
afterAll(async () => {
  await test.close()
  await archive.close()
})

const api = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: object, headers = owner) =>
  test.app.inject({ method, url: `/api/v1${url}`, headers, ...(payload ? { payload } : {}) })
async function newProject(deidentifies = false): Promise<string> {
  const payload = { name: 'Lungs', taskType: 3001, classes: ['lung'], deidentifies }
  return (await api('POST', '/projects', payload)).json().id
}
const add = async (project = projectId, settings: object = {}): Promise<string> => {
  const basic = { auth: 'basic', username: 'reader', secret: 'open sesame' }
  const made = await api('POST', `/projects/${project}/dicom-sources`, {
    name: 'PACS',
    url: archive.url,
    ...basic,
    ...settings,
  })
  expect([made.statusCode, made.body]).toEqual([201, expect.any(String)])
  return made.json().id
}
const imported = (id: string) =>
  until(async () => {
    const found: Import = (await api('GET', `/imports/${id}`)).json()
    return found.finishedAt ? found : null
  })
const pull = async (project: string, source: string, selections: object[]) =>
  imported((await api('POST', `/projects/${project}/dicom-sources/${source}/imports`, { selections })).json().id)
const pushed = async (project: string, source: string): Promise<DicomPush> => {
  const started = await api('POST', `/projects/${project}/dicom-sources/${source}/pushes`, { format: 'dicom-seg' })
  expect(started.statusCode).toBe(202)
  return until(async () => {
    const { items } = (await api('GET', `/projects/${project}/dicom-pushes`)).json() as { items: DicomPush[] }
    return items.find(({ id, finishedAt }) => id === started.json().id && finishedAt)
  })
}
const imagesOf = async (project: string) =>
  (await api('GET', `/projects/${project}/images?limit=100`)).json().items as { id: string; name: string }[]

/** Marks something on the first slice. */
async function annotateFirst(project: string): Promise<void> {
  const [image] = (await imagesOf(project)).sort((a, b) => (a.name < b.name ? -1 : 1))
  const size: [number, number] = [6, 8]
  const rle = encodeRle(
    Uint8Array.from({ length: 48 }, (_, at) => Number(at < 5)),
    size,
  )
  const data = { key: ['lung'], size, masks: [{ id: '1', class: 0, rle }] }
  const put = await api('PUT', `/images/${image?.id}/label`, { type: 3001, data })
  expect([put.statusCode, put.body]).toEqual([200, expect.any(String)])
}

describe('a DICOMweb server', () => {
  it('keeps its secret to itself, and loses it with its address', async () => {
    const id = await add()
    const listed = await api('GET', `/projects/${projectId}/dicom-sources`)
    expect(listed.json().items).toMatchObject([{ id, name: 'PACS', username: 'reader', hasSecret: true, projectId }])
    expect(listed.body).not.toContain('sesame')
    const settings = { name: 'Archive', url: archive.url, auth: 'basic', username: 'reader' }
    const kept = await api('PUT', `/projects/${projectId}/dicom-sources/${id}`, settings)
    expect(kept.json()).toMatchObject({ name: 'Archive', hasSecret: true })
    const moved = { ...settings, url: 'http://127.0.0.1:1/elsewhere' }
    expect((await api('PUT', `/projects/${projectId}/dicom-sources/${id}`, moved)).statusCode).toBe(422)
    expect((await api('DELETE', `/projects/${projectId}/dicom-sources/${id}`)).statusCode).toBe(204)
  })

  it('of one project is none of another, and those of the installation are of administrators', async () => {
    const id = await add()
    const other = await newProject()
    const search = `/projects/${other}/dicom-sources/${id}/search`
    expect((await api('POST', search, {})).statusCode).toBe(404)
    const settings = { name: 'Hospital', url: archive.url }
    expect((await api('POST', '/dicom-sources', settings)).statusCode).toBe(404)
    const shared = (await api('POST', '/dicom-sources', settings, admin)).json()
    expect(shared.projectId).toBeNull()
    expect((await api('POST', `/projects/${other}/dicom-sources/${shared.id}/search`, {})).statusCode).toBe(200)
    expect((await api('DELETE', `/projects/${other}/dicom-sources/${shared.id}`)).statusCode).toBe(404)
    expect((await api('DELETE', `/dicom-sources/${shared.id}`, undefined, admin)).statusCode).toBe(204)
    await api('DELETE', `/projects/${projectId}/dicom-sources/${id}`)
  })

  it('inside our own network is not called, unless the settings name it', async () => {
    const id = await add(projectId, { url: 'http://10.0.0.1/dicom-web' })
    const refused = await api('POST', `/projects/${projectId}/dicom-sources/${id}/search`, {})
    expect([refused.statusCode, refused.json().code]).toEqual([422, 'OUTGOING_REFUSED'])
    await api('DELETE', `/projects/${projectId}/dicom-sources/${id}`)
  })

  it('is searched, and its studies or some of their series come as images with a report', async () => {
    const id = await add()
    archive.asked.length = 0
    const of = { patientId: 'P-*', from: '2024-01-01', to: '2024-12-31', modality: 'CT', accession: 'A-1' }
    const found = (await api('POST', `/projects/${projectId}/dicom-sources/${id}/search`, { ...of, limit: 1 })).json()
    expect(found).toMatchObject({
      hasMore: true,
      items: [{ studyUid: '1.2.3', patientId: 'P-1', patientName: 'Doe^Jane' }],
    })
    expect(found.items[0].date).toBe('2024-01-31')
    const [asked] = archive.asked
    const query = new URL(asked?.path ?? '', 'http://here').searchParams
    expect(query.get('StudyDate')).toBe('20240101-20241231')
    expect([query.get('PatientID'), query.get('ModalitiesInStudy')]).toEqual(['P-*', 'CT'])
    expect(Buffer.from(asked?.authorization?.slice(6) ?? '', 'base64').toString()).toBe('reader:open sesame')
    const series = (await api('GET', `/projects/${projectId}/dicom-sources/${id}/studies/1.2.3/series`)).json().items
    expect(series).toMatchObject([
      { seriesUid: '1.2.3.1', number: 1 },
      { seriesUid: '1.2.3.2', number: 2 },
    ])

    const one = await pull(projectId, id, [{ studyUid: '1.2.3', seriesUids: ['1.2.3.1'] }])
    expect(one).toMatchObject({ kind: 'dicomweb', source: 'PACS', state: 'succeeded', total: 2, stored: 2, refused: 0 })
    expect(one.byteSize).toBeGreaterThan(500)
    const names = (await imagesOf(projectId)).map(({ name }) => name).sort()
    expect(names).toEqual([
      expect.stringMatching(/^[0-9a-f]{6}-CT-1-0001\.dcm$/),
      expect.stringMatching(/-CT-1-0002\.dcm$/),
    ])
    const all = await pull(projectId, id, [{ studyUid: '1.2.3' }, { studyUid: '1.2.4' }])
    expect(all).toMatchObject({ total: 4, stored: 2, duplicates: 2 })
    const groups = await test.context.db
      .selectFrom('images')
      .select((select) => select.fn.count('group_key').distinct().as('groups'))
      .where('project_id', '=', projectId as never)
      .executeTakeFirstOrThrow()
    expect(Number(groups.groups)).toBe(2)
    const none = await pull(projectId, id, [{ studyUid: '9.9' }])
    expect(none).toMatchObject({ state: 'failed', error: { code: 'NOT_FOUND' } })
  })

  it.each([false, true])(
    'gets annotations back as objects of its own study (images de-identified: %s)',
    async (hides) => {
      const project = await newProject(hides)
      const id = await add(project)
      await pull(project, id, [{ studyUid: '1.2.3', seriesUids: ['1.2.3.1'] }])
      await annotateFirst(project)
      archive.stored.length = 0
      const sent = await pushed(project, id)
      expect(sent).toMatchObject({ state: 'succeeded', result: { images: 1, stored: 1, refused: 0, leftOut: 0 } })
      await pushed(project, id)
      const [first, second] = archive.stored
      expect([0x0020000d, 0x00080060, 0x00100020, 0x00200052].map((tag) => first?.text(tag))).toEqual([
        '1.2.3',
        'SEG',
        'P-1',
        '1.2.3.9',
      ])
      expect(second?.text(0x00080018)).toBe(first?.text(0x00080018))
      const [series] = first?.items(0x00081115) ?? []
      expect(series?.items(0x0008114a)[0]?.text(0x00081155)).toBe('1.2.3.1.1')
      archive.isFull = true
      const refused = await pushed(project, id)
      archive.isFull = false
      expect(refused).toMatchObject({
        result: { stored: 0, refused: 1 },
        notes: ['The server refused the object (A700).'],
      })
    },
  )

  it('is sent nothing made of de-identified images that are none of its own', async () => {
    const project = await newProject(true)
    await uploadImage(test.app, owner, project, { name: 'a.dcm', bytes: sliceDicom() })
    const id = await add(project)
    await annotateFirst(project)
    archive.stored.length = 0
    const sent = await pushed(project, id)
    expect([sent.state, sent.problem?.code, archive.stored.length]).toEqual(['failed', 'VALIDATION_FAILED', 0])
  })
})
