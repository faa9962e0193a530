import { encodeRle, type Image, type LabelData } from '@vesalius/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { greyDicom } from '../../testing/dicom.ts'
import { openTestApp, signUp, type TestApp } from '../../testing/test-app.ts'
import { phantomPng, projectOf, upload, uploadImage } from '../../testing/uploads.ts'

let test: TestApp
let ann: { cookie: string }
beforeAll(async () => {
  test = await openTestApp()
  ann = await signUp(test.app, 'ann')
})
afterAll(() => test.close())

const get = async <Body>(path: string): Promise<Body> =>
  (await test.app.inject({ url: `/api/v1${path}`, headers: ann })).json()
const submit = (image: Image, data: LabelData) =>
  test.app.inject({
    method: 'PUT',
    url: `/api/v1/images/${image.id}/label`,
    headers: ann,
    payload: { type: image.taskType, data },
  })
const box = (id: string, place: [number, number, number, number], index = 0) => ({ id, box: place, class: index })

describe('an image with boxes', () => {
  let image: Image
  beforeAll(async () => {
    image = await uploadImage(test.app, ann, await projectOf(test.app, ann, 2001))
  })

  it('starts without any and keeps what a person drew, cut at the border', async () => {
    expect(image.labelMarks).toBeNull()
    const boxes = [box('a', [1.5, 2, 10, 10]), box('b', [60, 40, 20, 20])]
    const response = await submit(image, { key: ['lesion'], boxes })
    expect(response.statusCode, response.body).toBe(200)
    const label = await get<{ data: LabelData }>(`/images/${image.id}/label`)
    expect(label.data).toEqual({ key: ['lesion'], boxes: [box('a', [1.5, 2, 10, 10]), box('b', [60, 40, 4, 8])] })
    expect(await get<Image>(`/images/${image.id}`)).toMatchObject({ labelMarks: 2, labelValue: null })
  })

  it('is annotated also when nothing is there', async () => {
    const empty = await uploadImage(test.app, ann, await projectOf(test.app, ann, 2001))
    expect((await submit(empty, { key: ['lesion'], boxes: [] })).statusCode).toBe(200)
    const now = await get<Image>(`/images/${empty.id}`)
    expect(now).toMatchObject({ labelMarks: 0, annotatedAt: expect.any(String) })
  })

  it.each([
    ['beside the image', { key: ['lesion'], boxes: [box('a', [70, 10, 5, 5])] }],
    ['of a class there is not', { key: ['lesion'], boxes: [box('a', [1, 1, 5, 5], 1)] }],
    ['of other classes', { key: ['dog'], boxes: [box('a', [1, 1, 5, 5])] }],
    ['with one id twice', { key: ['lesion'], boxes: [box('a', [1, 1, 5, 5]), box('a', [9, 9, 5, 5])] }],
    ['without any size', { key: ['lesion'], boxes: [box('a', [1, 1, 0, 5])] }],
    ['that are masks', { key: ['lesion'], size: [48, 64] as [number, number], masks: [] }],
  ])('takes no boxes %s', async (_, data) => {
    const { labelRevision } = await get<Image>(`/images/${image.id}`)
    expect((await submit(image, data)).statusCode).toBeGreaterThanOrEqual(400)
    expect((await get<Image>(`/images/${image.id}`)).labelRevision).toBe(labelRevision)
  })
})

describe('an image of several frames', () => {
  const threeFrames = {
    2621448: ['IS', '3'],
    2145386512: ['OW', Array.from({ length: 36 }, (_, at) => at)],
  } as Record<number, [string, string | number[]]>

  it('keeps the frame each mark lies on, and refuses one that is not there', async () => {
    const bytes = greyDicom({ more: threeFrames })
    const image = await uploadImage(test.app, ann, await projectOf(test.app, ann, 2001), { bytes })
    expect(image.frames).toBe(3)
    const boxes = [box('a', [0, 0, 2, 2]), { ...box('b', [1, 1, 2, 2]), frame: 2 }]
    expect((await submit(image, { key: ['lesion'], boxes })).statusCode).toBe(200)
    expect((await get<{ data: LabelData }>(`/images/${image.id}/label`)).data).toEqual({ key: ['lesion'], boxes })
    const outside = await submit(image, { key: ['lesion'], boxes: [{ ...box('b', [1, 1, 2, 2]), frame: 3 }] })
    expect(outside.json()).toMatchObject({ code: 'LABEL_MISMATCH', detail: expect.stringContaining('frame 3') })
  })

  it('measures only on frames that it has, and on an answer of one class too', async () => {
    const points: [number, number][] = [
      [1, 2],
      [3, 4],
    ]
    const length = { id: 'm', kind: 'length' as const, points }
    const boxed = await uploadImage(test.app, ann, await projectOf(test.app, ann, 2001))
    const outside = { key: ['lesion'], boxes: [], measures: [{ ...length, frame: 1 }] }
    expect((await submit(boxed, outside)).statusCode).toBe(422)
    const answered = await uploadImage(test.app, ann, await projectOf(test.app, ann, 1001))
    const { data } = await get<{ data: { key: { 0: string; 1: string } } }>(`/images/${answered.id}/label`)
    const weighted = { key: [data.key[0], data.key[1]], weight: [0, 1], value: 1, measures: [length] }
    expect((await submit(answered, weighted)).json().data).toEqual({ key: data.key, value: 1, measures: [length] })
  })

  it('a picture of one frame has none but the first', async () => {
    const image = await uploadImage(test.app, ann, await projectOf(test.app, ann, 2001))
    const boxes = [{ ...box('a', [0, 0, 2, 2]), frame: 1 }]
    expect((await submit(image, { key: ['lesion'], boxes })).statusCode).toBe(422)
  })
})

describe('an image with masks', () => {
  const size: [number, number] = [48, 64]
  const rle = encodeRle(
    Uint8Array.from({ length: 48 * 64 }, (_, at) => Number(at % 64 > 10 && at % 64 < 20)),
    size,
  )
  let image: Image
  beforeAll(async () => {
    image = await uploadImage(test.app, ann, await projectOf(test.app, ann, 3004))
  })

  it('keeps what a person drew and measured', async () => {
    const points: [number, number][] = [
      [1, 2],
      [30.25, 40],
    ]
    const measures = [{ id: 'm', kind: 'length' as const, points }]
    const data = { key: ['cell'], size, masks: [{ id: 'a', class: 0, rle }], measures }
    const response = await submit(image, data)
    expect(response.statusCode, response.body).toBe(200)
    expect((await get<{ data: LabelData }>(`/images/${image.id}/label`)).data).toEqual(data)
    expect((await get<Image>(`/images/${image.id}`)).labelMarks).toBe(1)
  })

  it.each([
    ['of another size', { key: ['cell'], size: [64, 48] as [number, number], masks: [] }],
    ['that do not fill it', { key: ['cell'], size, masks: [{ id: 'a', class: 0, rle: '04' }] }],
    ['that are no runs', { key: ['cell'], size, masks: [{ id: 'a', class: 0, rle: 'zzzz' }] }],
  ])('takes no masks %s', async (_, data) => {
    expect((await submit(image, data)).statusCode).toBeGreaterThanOrEqual(400)
  })

  it('may come with its label, which is checked against the picture', async () => {
    const project = await projectOf(test.app, ann, 3004)
    const label = (data: LabelData) => ({ type: 3004, data })
    const { items } = await upload(test.app, ann, project, [
      {
        name: 'good.png',
        bytes: await phantomPng(),
        label: label({ key: ['cell'], size, masks: [{ id: 'a', class: 0, rle }] }),
      },
      { name: 'bad.png', bytes: await phantomPng(), label: label({ key: ['cell'], size: [10, 10], masks: [] }) },
    ])
    expect(items[0]).toMatchObject({ name: 'good.png', image: { labelMarks: 1, state: 'NORMAL' } })
    expect(items[1]).toMatchObject({ name: 'bad.png', error: { code: 'LABEL_MISMATCH' } })
  })
})
