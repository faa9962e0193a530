import { encodeRle, type Image, type ImportReport, type LabelFile } from '@vesalius/contracts'
import { FileBudget, readZip } from '@vesalius/formats'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApp, signUp, type TestApp } from '../../testing/test-app.ts'
import { phantomPng, projectOf, uploadImage } from '../../testing/uploads.ts'

let test: TestApp
let ann: { cookie: string }
beforeAll(async () => {
  test = await openTestApp()
  ann = await signUp(test.app, 'ann')
})
afterAll(() => test.close())

const labelOf = async (image: Image): Promise<LabelFile> =>
  (await test.app.inject({ url: `/api/v1/images/${image.id}/label`, headers: ann })).json()

async function annotate(image: Image, data: object): Promise<void> {
  const response = await test.app.inject({
    method: 'PUT',
    url: `/api/v1/images/${image.id}/label`,
    headers: ann,
    payload: { type: image.taskType, data },
  })
  expect(response.statusCode, response.body).toBe(200)
}

async function download(projectId: string, query: string) {
  const response = await test.app.inject({ url: `/api/v1/projects/${projectId}/export?${query}`, headers: ann })
  expect(response.statusCode, response.body).toBe(200)
  const files = readZip(response.rawPayload, new FileBudget(10_000_000), () => true)
  return { response, files: new Map(files.map(({ path, bytes }) => [path, Buffer.from(bytes)])) }
}

async function send(projectId: string, query: string, files: { name: string; bytes: Uint8Array | string }[]) {
  const form = new FormData()
  for (const { name, bytes } of files) {
    form.append('file', new File([typeof bytes === 'string' ? bytes : Uint8Array.from(bytes)], name))
  }
  const body = new Response(form)
  return test.app.inject({
    method: 'POST',
    url: `/api/v1/projects/${projectId}/import?${query}`,
    headers: { ...ann, 'content-type': body.headers.get('content-type') ?? '' },
    payload: Buffer.from(await body.arrayBuffer()),
  })
}

async function importFiles(
  projectId: string,
  query: string,
  files: { name: string; bytes: Uint8Array | string }[],
): Promise<ImportReport> {
  const response = await send(projectId, query, files)
  expect(response.statusCode, response.body).toBe(200)
  return response.json()
}

const coco = (boxes: { file: string; box: number[]; category?: string }[]) => {
  const categories = [...new Set(boxes.map(({ category = 'lesion' }) => category))]
  return JSON.stringify({
    images: boxes.map(({ file }, id) => ({ id, file_name: file, width: 64, height: 48 })),
    categories: categories.map((name, id) => ({ id, name })),
    annotations: boxes.map(({ box, category = 'lesion' }, id) => ({
      id,
      image_id: id,
      category_id: categories.indexOf(category),
      bbox: box,
    })),
  })
}

describe('boxes', () => {
  let project: string
  let first: Image
  let second: Image
  const data = { key: ['lesion'], boxes: [{ id: 'a', box: [1.5, 2, 10, 10], class: 0 }] }
  beforeAll(async () => {
    project = await projectOf(test.app, ann, 2001)
    first = await uploadImage(test.app, ann, project, { name: 'first.png' })
    second = await uploadImage(test.app, ann, project, { name: 'second.png', bytes: await phantomPng({ seed: 2 }) })
    await annotate(first, data)
  })

  it('leave as COCO, of annotated images only, or with all that are listed', async () => {
    const { response, files } = await download(project, 'format=coco')
    expect(response.headers['content-type']).toBe('application/zip')
    expect(response.headers['content-disposition']).toMatch(/^attachment; .*coco\.zip/)
    const { images, annotations } = JSON.parse(`${files.get('annotations/instances.json')}`)
    expect(images).toMatchObject([{ file_name: 'first.png', width: 64, height: 48 }])
    expect(annotations).toMatchObject([{ bbox: [1.5, 2, 10, 10] }])
    const all = await download(project, 'format=coco&which=all&images=true')
    expect([...all.files.keys()]).toEqual(['annotations/instances.json', 'images/first.png', 'images/second.png'])
    expect(all.files.get('images/first.png')).toEqual(await phantomPng())
  })

  it('say what a format could not hold', async () => {
    await annotate(first, { ...data, boxes: [{ ...data.boxes[0], score: 0.5 }] })
    const { files } = await download(project, 'format=voc')
    expect(`${files.get('export-report.txt')}`).toBe('first.png: lost: scores\n')
    await annotate(first, data)
  })

  it('come in only as told on a dry run, which writes nothing', async () => {
    const bytes = coco([
      { file: 'train/second.png', box: [60, 40, 20, 20] },
      { file: 'nowhere.png', box: [1, 1, 2, 2] },
      { file: 'first.png', box: [1, 1, 2, 2] },
    ])
    const before = await labelOf(second)
    const report = await importFiles(project, 'format=coco&dryRun=true', [{ name: 'a.json', bytes }])
    expect(report).toMatchObject({
      isDryRun: true,
      written: 1,
      alreadyAnnotated: 1,
      unmatched: ['nowhere.png'],
      unmatchedCount: 1,
      problems: [],
    })
    expect(await labelOf(second)).toEqual(before)
    const real = await importFiles(project, 'format=coco', [{ name: 'a.json', bytes }])
    expect(real).toEqual({ ...report, isDryRun: false })
    const label = await labelOf(second)
    expect(label.data).toEqual({ key: ['lesion'], boxes: [{ id: '1', box: [60, 40, 4, 8], class: 0 }] })
    expect(label.meta?.author).toMatchObject({ kind: 'person' })
    expect((await labelOf(first)).data).toEqual(data)
  })

  it('of an annotated image are replaced only when that is asked for', async () => {
    const bytes = coco([{ file: 'second.png', box: [5, 5, 5, 5] }])
    const { revision } = (await labelOf(second)).meta ?? {}
    expect(await importFiles(project, 'format=coco', [{ name: 'a.json', bytes }])).toMatchObject({
      alreadyAnnotated: 1,
    })
    expect((await labelOf(second)).meta?.revision).toBe(revision)
    const report = await importFiles(project, 'format=coco&replace=true', [{ name: 'a.json', bytes }])
    expect(report).toMatchObject({ written: 1, alreadyAnnotated: 0 })
    expect((await labelOf(second)).data).toMatchObject({ boxes: [{ box: [5, 5, 5, 5] }] })
  })

  it('of unknown classes or beside the image are problems of that image', async () => {
    const bytes = coco([
      { file: 'first.png', box: [1, 1, 5, 5], category: 'dog' },
      { file: 'second.png', box: [70, 1, 5, 5] },
    ])
    const report = await importFiles(project, 'format=coco&replace=true', [{ name: 'a.json', bytes }])
    expect(report).toMatchObject({ written: 0, missingClasses: ['dog'] })
    expect(report.problems.map(({ image, reason }) => `${image}: ${reason}`)).toEqual([
      'first.png: the project has no class "dog"',
      'second.png: The box "1" lies beside the image of 64 × 48.',
    ])
  })

  it.each(['archive', 'coco', 'yolo', 'voc', 'label-me', 'cvat', 'label-studio', 'geojson'])(
    'go out as %s and come in again as they were',
    async (format) => {
      const { response } = await download(project, `format=${format}`)
      const before = [(await labelOf(first)).data, (await labelOf(second)).data]
      await annotate(first, { key: ['lesion'], boxes: [] })
      const files = [{ name: 'x.zip', bytes: response.rawPayload }]
      const report = await importFiles(project, `format=${format}&replace=true`, files)
      expect(report).toMatchObject({ written: 2, problems: [], unmatched: [] })
      const after = [(await labelOf(first)).data, (await labelOf(second)).data]
      expect(after.map(placesOf)).toEqual(before.map(placesOf))
    },
  )

  it('are not for other people', async () => {
    const eve = await signUp(test.app, 'eve')
    const url = `/api/v1/projects/${project}/export?format=coco`
    expect((await test.app.inject({ url, headers: eve })).statusCode).toBe(404)
    expect((await test.app.inject({ url })).statusCode).toBe(401)
  })

  it('in a damaged archive, or in no file, are refused', async () => {
    const { response } = await download(project, 'format=coco')
    const cut = [{ name: 'x.zip', bytes: response.rawPayload.subarray(0, 100) }]
    expect((await send(project, 'format=coco', cut)).json()).toMatchObject({ status: 422, code: 'VALIDATION_FAILED' })
    expect((await send(project, 'format=coco', [])).statusCode).toBe(422)
    expect((await send(project, 'format=word', cut)).statusCode).toBe(422)
    const text = await importFiles(project, 'format=coco', [{ name: 'a.json', bytes: '{' }])
    expect(text.problems).toEqual([{ reason: 'the file is not JSON', file: 'a.json' }])
  })
})

describe('masks', () => {
  it.each(['coco-polygons', 'png-instance', 'cvat', 'geojson', 'yolo'])(
    'go out as %s and come in again pixel by pixel',
    async (format) => {
      const project = await projectOf(test.app, ann, 3004)
      const image = await uploadImage(test.app, ann, project, { name: `${format}.png` })
      const size: [number, number] = [48, 64]
      const ring = Uint8Array.from({ length: 48 * 64 }, (_, at) => {
        const distance = Math.hypot((at % 64) - 30, Math.floor(at / 64) - 20)
        return Number(distance < 15 && distance > 6)
      })
      const data = { key: ['cell'], size, masks: [{ id: '1', class: 0, rle: encodeRle(ring, size) }] }
      await annotate(image, data)
      const { response } = await download(project, `format=${format}`)
      await annotate(image, { ...data, masks: [] })
      const files = [{ name: 'x.zip', bytes: response.rawPayload }]
      await importFiles(project, `format=${format}&replace=true`, files)
      expect((await labelOf(image)).data).toEqual(data)
    },
  )
})

describe('classes', () => {
  it('leave as folders with the images inside, and come in by the same folders', async () => {
    const project = await projectOf(test.app, ann, 1001)
    const image = await uploadImage(test.app, ann, project, { name: 'one.png' })
    const key = { '0': 'negative', '1': 'positive' }
    await annotate(image, { key, value: 1 })
    const { response, files } = await download(project, 'format=image-folder')
    expect([...files.keys()]).toEqual(['positive/one.png'])
    await annotate(image, { key, value: 0 })
    const sent = [{ name: 'x.zip', bytes: response.rawPayload }]
    expect(await importFiles(project, 'format=image-folder&replace=true', sent)).toMatchObject({ written: 1 })
    expect((await labelOf(image)).data).toEqual({ key, value: 1 })
    const table = [{ name: 'a.csv', bytes: 'filename,label\none.png,negative\n' }]
    expect(await importFiles(project, 'format=csv&replace=true', table)).toMatchObject({ written: 1, problems: [] })
    expect((await labelOf(image)).data).toEqual({ key, value: 0 })
  })
})

/** Boxes without their ids, to the last digit a fraction of the image can keep. */
function placesOf(data: LabelFile['data']): unknown {
  return 'boxes' in data ? data.boxes.map(({ box, class: index }) => ({ box, index })) : data
}
