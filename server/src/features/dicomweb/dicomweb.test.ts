import type { DicomJson } from '@vesalius/formats'
import { readDicomNow } from '@vesalius/imaging'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sliceDicom } from '../../testing/dicom.ts'
import { openTestApp, signUp, type TestApp } from '../../testing/test-app.ts'
import { phantomPng, uploadImage } from '../../testing/uploads.ts'

type Headers = Record<string, string>
const VIEWER = 'https://viewer.example.org'
let test: TestApp
let owner: Headers
let base: string
let projectId: string

beforeAll(async () => {
  test = await openTestApp({ environment: { VESALIUS_DICOMWEB_ORIGINS: VIEWER } })
  owner = await signUp(test.app, 'owner')
  projectId = await newProject(false)
  base = `/dicomweb/projects/${projectId}`
  const files = [
    ...[1, 2, 3].map((number) => sliceDicom({ number })),
    sliceDicom({ series: 2, modality: 'MR' }),
    sliceDicom({ study: '1.2.4', patient: 'P-2', name: 'Roe^Rita', date: '20250301' }),
  ]
  for (const [at, bytes] of files.entries()) await uploadImage(test.app, owner, projectId, { name: `${at}.dcm`, bytes })
  await uploadImage(test.app, owner, projectId, { bytes: await phantomPng() })
})
afterAll(() => test.close())

async function newProject(deidentifies: boolean): Promise<string> {
  const payload = { name: 'Chests', taskType: 1001, classes: ['a', 'b'], deidentifies }
  return (await test.app.inject({ method: 'POST', url: '/api/v1/projects', headers: owner, payload })).json().id
}
const get = (path: string, headers: Headers = {}, from = base) =>
  test.app.inject({ url: `${from}${path}`, headers: { ...owner, ...headers } })
const find = async (path: string): Promise<DicomJson[]> => {
  const response = await get(path, { accept: 'application/dicom+json' })
  expect([response.statusCode, response.headers['content-type']]).toEqual([200, 'application/dicom+json'])
  return response.json()
}
const firstOf = (json: DicomJson | undefined, tag: string) => json?.[tag]?.Value?.[0]
const valuesOf = (list: DicomJson[], tag: string) => list.map((json) => firstOf(json, tag))
const store = (path: string, files: Uint8Array[], headers: Headers = owner) => {
  const parts = files.flatMap((bytes) => [
    Buffer.from('--b\r\nContent-Type: application/dicom\r\n\r\n'),
    bytes,
    Buffer.from('\r\n'),
  ])
  return test.app.inject({
    method: 'POST',
    url: path,
    headers: { ...headers, 'content-type': 'multipart/related; type="application/dicom"; boundary=b' },
    payload: Buffer.concat([...parts, Buffer.from('--b--\r\n')]),
  })
}
const slice = '/studies/1.2.3/series/1.2.3.1/instances/1.2.3.1.2'
/** The bytes of the parts of an answer. */
function partsOf({ headers, rawPayload }: { headers: object; rawPayload: Buffer }): { head: string; bytes: Buffer }[] {
  const [, boundary] = /boundary=(\S+)/.exec(String((headers as Headers)['content-type'])) ?? []
  const text = rawPayload.toString('latin1')
  return text
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => {
      const at = part.indexOf('\r\n\r\n')
      return { head: part.slice(0, at), bytes: Buffer.from(part.slice(at + 4, -2), 'latin1') }
    })
}

describe('searches', () => {
  it('find studies, newest first, with what they hold', async () => {
    const studies = await find('/studies?limit=101&offset=0&fuzzymatching=false&includefield=00081030,00080060')
    expect(valuesOf(studies, '0020000D')).toEqual(['1.2.4', '1.2.3'])
    expect(studies[1]).toMatchObject({
      '00100010': { vr: 'PN', Value: [{ Alphabetic: 'Doe^Jane' }] },
      '00080061': { Value: ['CT', 'MR'] },
      '00201206': { Value: [2] },
      '00201208': { Value: [4] },
    })
    expect(String(firstOf(studies[1], '00081190'))).toContain(`${base}/studies/1.2.3`)
    expect(valuesOf(await find('/studies?limit=1&offset=1'), '0020000D')).toEqual(['1.2.3'])
  })

  it.each([
    ['PatientID=P-1', ['1.2.3']],
    ['PatientName=*rita*', ['1.2.4']],
    ['00100020=P-*', ['1.2.4', '1.2.3']],
    ['StudyDate=20240101-20241231', ['1.2.3']],
    ['StudyDate=20250301', ['1.2.4']],
    ['ModalitiesInStudy=MR', ['1.2.3']],
    ['AccessionNumber=A-1.2.4', ['1.2.4']],
    ['StudyInstanceUID=1.2.3,1.2.4', ['1.2.4', '1.2.3']],
    ['StudyDescription=%25', []],
  ])('match %s', async (query, wanted) => {
    expect(valuesOf(await find(`/studies?${query}`), '0020000D')).toEqual(wanted)
  })

  it('find series and instances in their order', async () => {
    const series = await find('/studies/1.2.3/series?includefield=all')
    expect(valuesOf(series, '0020000E')).toEqual(['1.2.3.1', '1.2.3.2'])
    expect(valuesOf(series, '00201209')).toEqual([3, 1])
    expect(valuesOf(await find('/studies/1.2.3/series/1.2.3.1/instances'), '00200013')).toEqual([1, 2, 3])
    expect(await find('/instances')).toHaveLength(5)
    expect(valuesOf(await find('/series?Modality=MR'), '0020000E')).toEqual(['1.2.3.2'])
    const ignored = await get('/studies?PatientComments=x')
    expect(ignored.headers.warning).toContain('PatientComments')
    expect((await get('/studies?limit=many')).statusCode).toBe(400)
  })
})

describe('retrieving', () => {
  it('gives files as they were sent', async () => {
    const one = await get(slice, { accept: 'multipart/related; type="application/dicom"; transfer-syntax=*' })
    expect(partsOf(one).map(({ bytes }) => bytes)).toEqual([sliceDicom({ number: 2 })])
    expect(partsOf(await get('/studies/1.2.3', { accept: '*/*' }))).toHaveLength(4)
    expect((await get('/studies/1.2.9')).statusCode).toBe(404)
    expect((await get(slice, { accept: 'image/jpeg' })).statusCode).toBe(415)
  })

  it('gives all attributes but the pixels as JSON', async () => {
    const metadata = await find('/studies/1.2.3/series/1.2.3.1/metadata')
    expect(valuesOf(metadata, '00080018')).toEqual(['1.2.3.1.1', '1.2.3.1.2', '1.2.3.1.3'])
    expect(metadata[1]).toMatchObject({
      '00280010': { vr: 'US', Value: [6] },
      '00280030': { vr: 'DS', Value: [0.5, 0.25] },
      '00200032': { Value: [0, 0, 2] },
      '7FE00010': { BulkDataURI: expect.stringContaining(`${slice}/frames/1`) },
    })
  })

  it('gives frames in little endian, and pictures of them', async () => {
    const accept = 'multipart/related; type=application/octet-stream; transfer-syntax=*'
    const [frame] = partsOf(await get(`${slice}/frames/1`, { accept }))
    expect(frame?.head).toContain('application/octet-stream; transfer-syntax=1.2.840.10008.1.2.1')
    const samples = Buffer.from(Uint16Array.from({ length: 48 }, (_, at) => at * 10 + 102).buffer)
    expect(frame?.bytes).toEqual(samples)
    expect((await get(`${slice}/frames/2`, { accept })).statusCode).toBe(404)
    const rendered = await get(`${slice}/rendered?viewport=4,4`, { accept: 'image/png' })
    expect([rendered.statusCode, rendered.headers['content-type']]).toEqual([200, 'image/png'])
    expect((await get(`${slice}/frames/1/rendered`)).headers['content-type']).toBe('image/jpeg')
    expect((await get('/studies/1.2.3/thumbnail')).statusCode).toBe(200)
    expect((await get(`${slice}/rendered?window=40,400,linear`)).statusCode).toBe(400)
  })

  it('sees nothing of what is in the bin', async () => {
    const { items } = (await get('/images?limit=100', {}, `/api/v1/projects/${projectId}`)).json()
    const { id } = items.find(({ name }: { name: string }) => name === '4.dcm')
    const at = `/api/v1/images/${id}`
    await test.app.inject({ method: 'DELETE', url: at, headers: owner })
    expect(valuesOf(await find('/studies'), '0020000D')).toEqual(['1.2.3'])
    expect((await get('/studies/1.2.4/metadata')).statusCode).toBe(404)
    await test.app.inject({ method: 'POST', url: `${at}/restore`, headers: owner })
    expect(await find('/studies')).toHaveLength(2)
  })
})

describe('storing', () => {
  it('makes images, counts what is there already as stored, and says what it refuses', async () => {
    const fresh = sliceDicom({ study: '1.2.5' })
    const stored = await store(`${base}/studies`, [fresh])
    expect(stored.statusCode).toBe(200)
    expect(firstOf((stored.json()['00081199'].Value as DicomJson[])[0], '00081155')).toBe('1.2.5.1.1')
    expect((await store(`${base}/studies/1.2.5`, [fresh])).statusCode).toBe(200)
    expect(await find('/studies/1.2.5/instances')).toHaveLength(1)
    const other = await store(`${base}/studies/1.2.5`, [fresh, sliceDicom({ study: '1.2.6' })])
    expect([other.statusCode, other.json()['00081198'].Value.length]).toEqual([202, 1])
    const none = await store(`${base}/studies`, [Buffer.from('no picture at all')])
    expect(none.statusCode).toBe(409)
    const torn = { ...owner, 'content-type': 'multipart/related; boundary=b' }
    const payload = Buffer.from('--b\r\nContent-Type: application/dicom\r\n\r\nhalf')
    const broken = await test.app.inject({ method: 'POST', url: `${base}/studies`, headers: torn, payload })
    expect(broken.statusCode).toBe(400)
    const alone = { ...owner, 'content-type': 'application/dicom' }
    const bytes = sliceDicom({ study: '1.2.7' })
    const single = await test.app.inject({ method: 'POST', url: `${base}/studies`, headers: alone, payload: bytes })
    expect(single.statusCode).toBe(200)
  })

  it('takes identities away where the project says so: what is read back is what is kept', async () => {
    const at = `/dicomweb/projects/${await newProject(true)}`
    expect((await store(`${at}/studies`, [sliceDicom()])).statusCode).toBe(200)
    const [study] = (await get('/studies', {}, at)).json() as DicomJson[]
    expect(firstOf(study, '0020000D')).not.toBe('1.2.3')
    expect(JSON.stringify(study)).not.toMatch(/Doe|P-1/)
    const [file] = partsOf(await get(`/studies/${firstOf(study, '0020000D')}`, {}, at))
    expect(readDicomNow(file?.bytes ?? Buffer.alloc(0), {}).dataSet.text(0x0020000d)).toBe(firstOf(study, '0020000D'))
  })
})

describe('rights', () => {
  it('of a token go as far as its scopes, and outsiders see nothing', async () => {
    const payload = { name: 'viewer', scopes: ['read'], expiresInDays: 1 }
    const made = await test.app.inject({ method: 'POST', url: '/api/v1/tokens', headers: owner, payload })
    const token = { authorization: `Bearer ${made.json().secret}` }
    expect((await test.app.inject({ url: `${base}/studies`, headers: token })).statusCode).toBe(200)
    expect((await store(`${base}/studies`, [sliceDicom()], token)).statusCode).toBe(403)
    const outsider = await signUp(test.app, 'outsider')
    expect((await test.app.inject({ url: `${base}/studies`, headers: outsider })).statusCode).toBe(404)
    expect((await test.app.inject({ url: `${base}/studies` })).statusCode).toBe(401)
  })

  it('let pages of named origins read answers, and of no others', async () => {
    const from = async (origin: string) => (await get('/studies', { origin })).headers['access-control-allow-origin']
    expect([await from(VIEWER), await from('https://elsewhere.example.org')]).toEqual([VIEWER, undefined])
    const preflight = await test.app.inject({ method: 'OPTIONS', url: `${base}/studies`, headers: { origin: VIEWER } })
    expect(preflight.headers['access-control-allow-headers']).toContain('authorization')
  })
})
