import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FrameFacts } from '@vesalius/contracts'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { greyDicom } from '../../testing/dicom.ts'
import { openTestApp, signUp, type TestApp } from '../../testing/test-app.ts'
import { phantom, projectOf, upload, uploadImage } from '../../testing/uploads.ts'

let test: TestApp
let ann: { cookie: string }
let ben: { cookie: string }
let binary: string

beforeAll(async () => {
  test = await openTestApp()
  ann = await signUp(test.app, 'ann')
  ben = await signUp(test.app, 'ben')
  binary = await projectOf(test.app, ann, 1001)
})
afterAll(() => test.close())

const get = (path: string, headers = ann) => test.app.inject({ url: `/api/v1${path}`, headers })
const PATIENT = { 1048592: ['PN', 'Muster^Anna'], 2622209: ['CS', 'YES'] } as Record<number, [string, string]>

describe('a DICOM file', () => {
  it('is stored as one, with depth and spacing, and without the name of the patient', async () => {
    const image = await uploadImage(test.app, ann, binary, { name: 'ct.dcm', bytes: greyDicom({ more: PATIENT }) })
    expect(image).toMatchObject({
      ...{ type: 'dcm', width: 4, height: 3, bitDepth: 12, channels: 1, frames: 1, state: 'TO_LABEL' },
      uri: `users/${image.ownerId}/${image.id}.dcm`,
      spacing: { rowMm: 0.5, columnMm: 0.25, plane: 'object' },
      deidentification: { removed: expect.any(Number), burnedInText: 'yes' },
    })
    const stored = await readFile(join(test.dataDirectory, image.uri))
    expect(stored.toString('latin1')).not.toContain('Muster')
    expect(stored.length).toBe(image.byteSize)
    const report = (await get(`/images/${image.id}/deidentification`)).json()
    expect(report.removed).toContainEqual({ name: '(0010,0010)', count: 1 })
    expect((await get(`/images/${image.id}/deidentification`, ben)).statusCode).toBe(404)
  })

  it('gives its samples unchanged, and what they mean', async () => {
    const image = await uploadImage(test.app, ann, binary, { bytes: greyDicom() })
    const facts = (await get(`/images/${image.id}/frames`)).json() as FrameFacts
    expect(facts).toMatchObject({ width: 4, height: 3, sampleType: 'u16', bitsStored: 12, colour: 'grey' })
    expect(facts.calibrations[0]?.windows).toEqual([{ center: 550.5, width: 1101, shape: 'linear' }])
    const pixels = await get(`/images/${image.id}/pixels`)
    expect(pixels.headers['x-frame-samples']).toBe('u16')
    const samples = Array.from({ length: 12 }, (_, at) => pixels.rawPayload.readUInt16LE(at * 2))
    expect(samples).toEqual([0, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1000, 1100])
    expect((await get(`/images/${image.id}/pixels?frame=1`)).statusCode).toBe(404)
    expect((await get(`/images/${image.id}/pixels`, ben)).statusCode).toBe(404)
  })

  it('is shown by the window it states', async () => {
    const image = await uploadImage(test.app, ann, binary, { bytes: greyDicom({ width: 40, height: 30 }) })
    const preview = await get(`/images/${image.id}/preview?width=40&format=png`)
    const { data } = await sharp(preview.rawPayload).greyscale().raw().toBuffer({ resolveWithObject: true })
    expect([data[0], data[5], data[11], data[12]]).toEqual([0, 116, 255, 255])
  })

  it('without an image is refused with that reason, and a damaged one as damaged', async () => {
    const none = greyDicom({ more: { 2145386512: ['OW', []], 2621456: ['US', []], 2621457: ['US', []] } })
    const { items } = await upload(test.app, ann, binary, [
      { name: 'report.dcm', bytes: none },
      { name: 'cut.dcm', bytes: greyDicom().subarray(0, 250) },
    ])
    expect(items.map((item) => ('error' in item ? item.error.code : 'taken'))).toEqual([
      'FILE_HAS_NO_IMAGE',
      expect.stringMatching(/FILE_DAMAGED|FILE_HAS_NO_IMAGE/),
    ])
  })
})

describe('a project', () => {
  const photo = () =>
    phantom()
      .withExif({ IFD0: { Artist: 'Anna Muster' } })
      .jpeg()
      .toBuffer()

  it('takes EXIF out of photographs and leaves their pixels', async () => {
    const bytes = await photo()
    const image = await uploadImage(test.app, ann, binary, { bytes })
    const stored = await readFile(join(test.dataDirectory, image.uri))
    expect(stored.toString('latin1')).not.toContain('Muster')
    expect(await sharp(stored).raw().toBuffer()).toEqual(await sharp(bytes).raw().toBuffer())
    expect(image.deidentification).toEqual({ removed: 1, burnedInText: 'unknown' })
  })

  it('keeps files byte by byte where its setting says so', async () => {
    const made = await test.app.inject({
      method: 'POST',
      url: '/api/v1/projects',
      headers: ann,
      payload: { name: 'Originals', taskType: 1001, deidentifies: false },
    })
    for (const bytes of [await photo(), greyDicom({ more: PATIENT })]) {
      const image = await uploadImage(test.app, ann, made.json().id, { bytes })
      expect((await readFile(join(test.dataDirectory, image.uri))).equals(bytes)).toBe(true)
      expect(image.deidentification).toBeNull()
    }
  })
})
