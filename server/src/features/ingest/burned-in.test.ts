import type { DeidentificationReport, Image } from '@vesalius/contracts'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { greyDicom } from '../../testing/dicom.ts'
import { openTestApp, signUp, type TestApp } from '../../testing/test-app.ts'
import { phantomPng, projectOf, uploadImage } from '../../testing/uploads.ts'

let test: TestApp
let ann: { cookie: string }
let project: string

beforeAll(async () => {
  test = await openTestApp()
  ann = await signUp(test.app, 'ann')
  project = await projectOf(test.app, ann, 1001)
})
afterAll(() => test.close())

const get = (path: string) => test.app.inject({ url: `/api/v1${path}`, headers: ann })
const WIDTH = 200
const HEIGHT = 120

/** Letters E in a row, drawn without a font. */
function letters({ left = 12, top = 8, count = 9 } = {}): Buffer {
  const shapes = Array.from({ length: count }, (_, at) => {
    const x = left + at * 11
    const bars = [0, 5, 10].map((y) => `<rect x="${x}" y="${top + y}" width="7" height="2"/>`)
    return `<rect x="${x}" y="${top}" width="2" height="12"/>${bars.join('')}`
  })
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" fill="#fff">${shapes.join('')}</svg>`,
  )
}
const ground = () => sharp({ create: { width: WIDTH, height: HEIGHT, channels: 3, background: '#334' } })

async function reportOf(image: Image): Promise<DeidentificationReport> {
  return (await get(`/images/${image.id}/deidentification`)).json()
}

it('text in the pixels of a photograph is warned of, with its place, and never refused', async () => {
  const bytes = await ground()
    .composite([{ input: letters() }])
    .jpeg({ quality: 85 })
    .toBuffer()
  const image = await uploadImage(test.app, ann, project, { name: 'photo.jpg', bytes })
  expect(image.deidentification?.burnedInText).toBe('suspected')
  const { textLines = [] } = await reportOf(image)
  expect(textLines).toHaveLength(1)
  const [left = 0, top = 0, width = 0, height = 0] = textLines[0]?.box ?? []
  expect([Math.round(left / 4), Math.round(top / 4)]).toEqual([3, 2])
  expect(width).toBeGreaterThan(80)
  expect(height).toBeLessThan(20)
})

it('a DICOM file is searched where it does not warn of text itself', async () => {
  const { data } = await ground()
    .composite([{ input: letters() }])
    .greyscale()
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true })
  const samples: [string, number[]] = ['OW', Array.from(data, (value) => value * 4)]
  const size = { width: WIDTH, height: HEIGHT }
  const silent = await uploadImage(test.app, ann, project, {
    name: 'silent.dcm',
    bytes: greyDicom({ ...size, more: { 2145386512: samples } }),
  })
  expect(silent.deidentification?.burnedInText).toBe('suspected')
  expect((await reportOf(silent)).textLines).toHaveLength(1)
  const outspoken = await uploadImage(test.app, ann, project, {
    name: 'outspoken.dcm',
    bytes: greyDicom({ ...size, more: { 2145386512: samples, 2622209: ['CS', 'YES'] } }),
  })
  expect(outspoken.deidentification?.burnedInText).toBe('yes')
})

it('the list can be narrowed to pictures that may hold text', async () => {
  const plain = await uploadImage(test.app, ann, project, { name: 'plain.png', bytes: await phantomPng() })
  expect(plain.deidentification?.burnedInText).toBe('unknown')
  expect((await reportOf(plain)).textLines).toBeUndefined()
  const named = async (burnedIn: boolean) =>
    (await get(`/projects/${project}/images?burnedIn=${burnedIn}`)).json().items.map((image: Image) => image.name)
  expect(await named(true)).toEqual(['outspoken.dcm', 'silent.dcm', 'photo.jpg'])
  expect(await named(false)).toEqual(['plain.png'])
})

it('where files are kept as they come nothing is searched', async () => {
  const payload = { name: 'Originals', taskType: 1001, deidentifies: false }
  const made = await test.app.inject({ method: 'POST', url: '/api/v1/projects', headers: ann, payload })
  const bytes = await ground()
    .composite([{ input: letters() }])
    .png()
    .toBuffer()
  const image = await uploadImage(test.app, ann, made.json().id, { bytes })
  expect(image.deidentification).toBeNull()
})
