import {
  type AnnotationImport,
  type Export,
  encodeRle,
  type Image,
  type ImportReport,
  type LabelFile,
} from '@vesalius/contracts'
import { FileBudget, readZip } from '@vesalius/formats'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { greyDicom } from '../../testing/dicom.ts'
import { openTestApp, signUp, type TestApp } from '../../testing/test-app.ts'
import { phantomPng, projectOf, uploadImage } from '../../testing/uploads.ts'

let test: TestApp
let ann: { cookie: string }
beforeAll(async () => {
  test = await openTestApp({ worker: true })
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

const post = (url: string, payload: object, headers = ann) =>
  test.app.inject({ method: 'POST', url: `/api/v1${url}`, headers, payload })
const get = (url: string, headers = ann) => test.app.inject({ url: `/api/v1${url}`, headers })

async function finish<Work extends { state: string }>(url: string, isOpen: (state: string) => boolean): Promise<Work> {
  const look = async (): Promise<Work> => (await get(url)).json()
  await expect.poll(async () => isOpen((await look()).state)).toBe(false)
  return look()
}

async function exportFiles(projectId: string, request: object) {
  const started = await post(`/projects/${projectId}/exports`, request)
  expect(started.statusCode, started.body).toBe(202)
  const { id }: Export = started.json()
  const done = await finish<Export>(`/exports/${id}`, (state) => state === 'pending' || state === 'running')
  expect(done, JSON.stringify(done.problem)).toMatchObject({ state: 'succeeded' })
  const response = await get(`/exports/${id}/file`)
  const files = readZip(response.rawPayload, new FileBudget(10_000_000), () => true)
  return { done, response, files: new Map(files.map(({ path, bytes }) => [path, Buffer.from(bytes)])) }
}

async function sendFiles(projectId: string, query: string, files: { name: string; bytes: Uint8Array | string }[]) {
  const form = new FormData()
  for (const { name, bytes } of files) {
    form.append('file', new File([typeof bytes === 'string' ? bytes : Uint8Array.from(bytes)], name))
  }
  const body = new Response(form)
  return test.app.inject({
    method: 'POST',
    url: `/api/v1/projects/${projectId}/annotation-imports?${query}`,
    headers: { ...ann, 'content-type': body.headers.get('content-type') ?? '' },
    payload: Buffer.from(await body.arrayBuffer()),
  })
}

async function readFiles(
  projectId: string,
  query: string,
  files: { name: string; bytes: Uint8Array | string }[],
): Promise<AnnotationImport> {
  const response = await sendFiles(projectId, query, files)
  expect(response.statusCode, response.body).toBe(202)
  return finish<AnnotationImport>(`/annotation-imports/${response.json().id}`, (state) => state === 'reading')
}

async function importFiles(
  projectId: string,
  query: string,
  files: { name: string; bytes: Uint8Array | string }[],
  choices: object = {},
): Promise<ImportReport> {
  const { id, state, problem } = await readFiles(projectId, query, files)
  expect(state, JSON.stringify(problem)).toBe('ready')
  const started = await post(`/annotation-imports/${id}/apply`, choices)
  expect(started.statusCode, started.body).toBe(202)
  const done = await finish<AnnotationImport>(`/annotation-imports/${id}`, (now) => now === 'writing')
  expect(done.state, JSON.stringify(done.problem)).toBe('done')
  return done.report as ImportReport
}

async function newProject(): Promise<string> {
  const response = await post('/projects', { name: 'own', taskType: 2001, classes: ['lesion'] })
  return response.json().id
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

  it('leave as COCO, with or without the pictures', async () => {
    const { done, response, files } = await exportFiles(project, { format: 'coco', filter: { annotated: true } })
    expect(done).toMatchObject({ result: { images: 1, marks: 1, problems: 0, byteSize: response.rawPayload.length } })
    expect(response.headers['content-type']).toBe('application/zip')
    expect(response.headers['content-disposition']).toMatch(/^attachment; .*coco\.zip/)
    const { images, annotations } = JSON.parse(`${files.get('annotations/instances_default.json')}`)
    expect(images).toMatchObject([{ file_name: 'first.png', width: 64, height: 48 }])
    expect(annotations).toMatchObject([{ bbox: [1.5, 2, 10, 10] }])
    const all = await exportFiles(project, { format: 'coco', images: true })
    expect([...all.files.keys()]).toEqual([
      'annotations/instances_default.json',
      'images/first.png',
      'images/second.png',
    ])
    expect(all.files.get('images/first.png')).toEqual(await phantomPng())
    const { items } = (await get(`/projects/${project}/exports`)).json()
    expect(items.map((item: Export) => item.id)).toContain(all.done.id)
  })

  it.each([
    [{ text: 'FIRST' }, ['first.png']],
    [{ annotated: false }, ['second.png']],
    [{ class: 0 }, ['first.png']],
    [{ class: 1 }, []],
    [{ to: '2020-01-01T00:00:00.000Z' }, []],
    [{ state: 'FROZEN' }, []],
    [{ skipped: false }, ['first.png', 'second.png']],
    [{ skipReason: 'unsure' }, []],
    [{ burnedIn: true }, []],
  ])('leave by any filter: %o', async (filter, names) => {
    const { files } = await exportFiles(project, { format: 'coco', filter })
    const { images } = JSON.parse(`${files.get('annotations/instances_default.json')}`)
    expect(images.map((image: { file_name: string }) => image.file_name)).toEqual(names)
  })

  it('leave for chosen images alone, whatever another project calls its own', async () => {
    const { items } = (await get(`/projects/${project}/images?text=second`)).json()
    const other = await uploadImage(test.app, ann, await projectOf(test.app, ann, 1000))
    const filter = { imageIds: [items[0].id, other.id] }
    const { done, files } = await exportFiles(project, { format: 'coco', filter })
    const { images } = JSON.parse(`${files.get('annotations/instances_default.json')}`)
    expect(images.map((image: { file_name: string }) => image.file_name)).toEqual(['second.png'])
    expect(done.filter).toEqual(filter)
    expect((await post(`/projects/${project}/exports`, { format: 'coco', filter: { imageIds: [] } })).statusCode).toBe(
      422,
    )
  })

  it('say what a format could not hold', async () => {
    await annotate(first, { ...data, boxes: [{ ...data.boxes[0], score: 0.5 }] })
    const { done, files } = await exportFiles(project, { format: 'voc' })
    expect(`${files.get('export-report.txt')}`).toBe('first.png: lost: scores\n')
    const chinese = await exportFiles(project, { format: 'voc', language: 'zh' })
    expect(`${chinese.files.get('export-report.txt')}`).toBe('first.png: 未保留：分数\n')
    expect(done.result?.problems).toBe(1)
    await annotate(first, data)
  })

  it('are removed with their export, and refused where a format has no place for them', async () => {
    const { done } = await exportFiles(project, { format: 'coco' })
    const gone = await test.app.inject({ method: 'DELETE', url: `/api/v1/exports/${done.id}`, headers: ann })
    expect(gone.statusCode).toBe(204)
    expect((await get(`/exports/${done.id}/file`)).statusCode).toBe(404)
    expect(await test.context.storage.size(`exports/${done.id}.zip`)).toBeNull()
    expect((await post(`/projects/${project}/exports`, { format: 'csv' })).statusCode).toBe(422)
    expect((await post(`/projects/${project}/exports`, { format: 'word' })).statusCode).toBe(422)
    expect((await post(`/projects/${project}/exports`, { format: 'coco', filter: { x: 1 } })).statusCode).toBe(422)
  })

  it('come in only after a look that writes nothing', async () => {
    const bytes = coco([
      { file: 'train/second.png', box: [60, 40, 20, 20] },
      { file: 'nowhere.png', box: [1, 1, 2, 2] },
      { file: 'first.png', box: [1, 1, 2, 2] },
    ])
    const before = await labelOf(second)
    const read = await readFiles(project, 'format=coco', [{ name: 'a.json', bytes }])
    expect(read.report).toMatchObject({
      ...{ written: 1, alreadyAnnotated: 1, replaced: 0, unchanged: 0, marks: 1, problems: [] },
      ...{ unmatched: ['nowhere.png'], unmatchedCount: 1 },
      classes: [{ name: 'lesion', becomes: 'lesion', isNew: false, marks: 2, images: 2 }],
      conflicts: [{ image: 'first.png', marksNow: 1, marksInFile: 1 }],
    })
    expect(await labelOf(second)).toEqual(before)
    await post(`/annotation-imports/${read.id}/apply`, {})
    const done = await finish<AnnotationImport>(`/annotation-imports/${read.id}`, (state) => state === 'writing')
    expect(done.report).toEqual(read.report)
    const label = await labelOf(second)
    expect(label.data).toEqual({ key: ['lesion'], boxes: [{ id: '1', box: [60, 40, 4, 8], class: 0 }] })
    expect(label.meta?.author).toMatchObject({ kind: 'person' })
    expect((await labelOf(first)).data).toEqual(data)
    expect((await post(`/annotation-imports/${read.id}/apply`, {})).statusCode).toBe(409)
  })

  it('of an annotated image are replaced only when that is asked for, and not when they say the same', async () => {
    const bytes = coco([{ file: 'second.png', box: [5, 5, 5, 5] }])
    const { revision } = (await labelOf(second)).meta ?? {}
    expect(await importFiles(project, 'format=coco', [{ name: 'a.json', bytes }])).toMatchObject({
      alreadyAnnotated: 1,
    })
    expect((await labelOf(second)).meta?.revision).toBe(revision)
    const report = await importFiles(project, 'format=coco', [{ name: 'a.json', bytes }], { replace: true })
    expect(report).toMatchObject({ written: 1, replaced: 1, alreadyAnnotated: 0 })
    expect((await labelOf(second)).data).toMatchObject({ boxes: [{ box: [5, 5, 5, 5] }] })
    const again = await importFiles(project, 'format=coco', [{ name: 'a.json', bytes }], { replace: true })
    expect(again).toMatchObject({ written: 0, unchanged: 1 })
  })

  it('of unknown classes or beside the image are problems of that image', async () => {
    const bytes = coco([
      { file: 'first.png', box: [1, 1, 5, 5], category: 'dog' },
      { file: 'second.png', box: [70, 1, 5, 5] },
    ])
    const report = await importFiles(project, 'format=coco', [{ name: 'a.json', bytes }], { replace: true })
    expect(report).toMatchObject({ written: 0, problemCount: 2 })
    expect(report.classes).toMatchObject([{ name: 'dog', isNew: true, marks: 1 }, { name: 'lesion' }])
    expect(report.problems.map(({ image, reason }) => `${image}: ${reason}`)).toEqual([
      'first.png: the project has no class "dog"',
      'second.png: The box "1" lies beside the image of 64 × 48.',
    ])
  })

  it('get other classes, new ones, or are left out, as chosen', async () => {
    const own = await newProject()
    const image = await uploadImage(test.app, ann, own, { name: 'x.png' })
    const bytes = coco([
      { file: 'x.png', box: [1, 1, 5, 5], category: 'tumour' },
      { file: 'x.png', box: [2, 2, 5, 5], category: 'cyst' },
      { file: 'x.png', box: [3, 3, 5, 5], category: 'noise' },
    ])
    const { id } = await readFiles(own, 'format=coco', [{ name: 'a.json', bytes }])
    const choices = { classes: { tumour: 'lesion', noise: null }, addClasses: true }
    const preview = await post(`/annotation-imports/${id}/preview`, choices)
    expect(preview.json().report.classes).toEqual([
      { name: 'tumour', becomes: 'lesion', isNew: false, marks: 1, images: 1 },
      { name: 'cyst', becomes: 'cyst', isNew: true, marks: 1, images: 1 },
      { name: 'noise', becomes: null, isNew: false, marks: 1, images: 1 },
    ])
    expect((await get(`/projects/${own}`)).json().classes).toEqual(['lesion'])
    await post(`/annotation-imports/${id}/apply`, choices)
    const done = await finish<AnnotationImport>(`/annotation-imports/${id}`, (state) => state === 'writing')
    expect(done.report).toMatchObject({ written: 1, marks: 2 })
    expect((await labelOf(image)).data).toMatchObject({
      key: ['lesion', 'cyst'],
      boxes: [
        { class: 0, box: [1, 1, 5, 5] },
        { class: 1, box: [2, 2, 5, 5] },
      ],
    })
  })

  it('come in as guesses, which a person may look through, and never over an annotation', async () => {
    const own = await newProject()
    const open = await uploadImage(test.app, ann, own, { name: 'open.png' })
    const done = await uploadImage(test.app, ann, own, { name: 'done.png', bytes: await phantomPng({ seed: 9 }) })
    await annotate(done, data)
    const bytes = coco([
      { file: 'open.png', box: [1, 1, 5, 5] },
      { file: 'done.png', box: [2, 2, 5, 5] },
    ])
    const choices = { content: 'guesses', replace: true }
    const report = await importFiles(own, 'format=coco&content=guesses', [{ name: 'a.json', bytes }], choices)
    expect(report).toMatchObject({ written: 1, alreadyAnnotated: 1 })
    const now: Image = (await get(`/images/${open.id}`)).json()
    expect(now).toMatchObject({ state: 'NORMAL', annotatedAt: null, guess: { marks: 1, score: 1 } })
    expect((await labelOf(open)).meta?.author.kind).toBe('model')
    expect((await labelOf(done)).data).toEqual(data)
    const { files } = await exportFiles(own, {
      format: 'label-studio',
      content: 'guesses',
      filter: { annotated: false },
    })
    const [task] = JSON.parse(`${files.get('tasks.json')}`)
    expect(task).toMatchObject({ annotations: [], predictions: [{ result: [{ type: 'rectanglelabels' }] }] })
  })

  it.each(['archive', 'coco', 'voc', 'label-studio'])('go out as %s and come in again as they were', async (format) => {
    const { response } = await exportFiles(project, { format })
    const before = [(await labelOf(first)).data, (await labelOf(second)).data]
    await annotate(first, { key: ['lesion'], boxes: [] })
    const files = [{ name: 'x.zip', bytes: response.rawPayload }]
    const report = await importFiles(project, `format=${format}`, files, { replace: true })
    expect(report).toMatchObject({ problems: [], unmatched: [] })
    expect(report.written + report.unchanged).toBe(2)
    const after = [(await labelOf(first)).data, (await labelOf(second)).data]
    expect(after.map(placesOf)).toEqual(before.map(placesOf))
  })

  it('are not for other people', async () => {
    const eve = await signUp(test.app, 'eve')
    const { done } = await exportFiles(project, { format: 'coco' })
    const { id } = await readFiles(project, 'format=coco', [{ name: 'a.json', bytes: coco([]) }])
    for (const url of [`/projects/${project}/exports`, `/exports/${done.id}`, `/exports/${done.id}/file`]) {
      expect((await get(url, eve)).statusCode).toBe(404)
    }
    expect((await post(`/projects/${project}/exports`, { format: 'coco' }, eve)).statusCode).toBe(404)
    expect((await get(`/projects/${project}/annotation-imports`, eve)).statusCode).toBe(404)
    for (const act of ['preview', 'apply']) {
      expect((await post(`/annotation-imports/${id}/${act}`, {}, eve)).statusCode).toBe(404)
    }
    expect((await test.app.inject({ url: `/api/v1/exports/${done.id}/file` })).statusCode).toBe(401)
    const url = `/api/v1/annotation-imports/${id}`
    expect((await test.app.inject({ method: 'DELETE', url, headers: eve })).statusCode).toBe(404)
    expect((await test.app.inject({ method: 'DELETE', url, headers: ann })).statusCode).toBe(204)
    expect((await get(`/annotation-imports/${id}`)).statusCode).toBe(404)
  })

  it('are recognised by their files where no format is named', async () => {
    const { response } = await exportFiles(project, { format: 'voc' })
    const read = await readFiles(project, '', [{ name: 'x.zip', bytes: response.rawPayload }])
    expect(read).toMatchObject({ state: 'ready', format: 'voc', report: { problems: [], unmatched: [] } })
    const asCoco = await readFiles(project, 'format=coco', [{ name: 'x.zip', bytes: response.rawPayload }])
    expect(asCoco).toMatchObject({ state: 'ready', format: 'coco', report: { written: 0, classes: [], unmatched: [] } })
    const unknown = await readFiles(project, '', [{ name: 'letter.txt', bytes: 'Dear reader' }])
    expect(unknown).toMatchObject({ state: 'failed', format: null, problem: { code: 'FORMAT_NOT_RECOGNISED' } })
  })

  it('in a damaged archive, or in no file, are refused', async () => {
    const { response } = await exportFiles(project, { format: 'coco' })
    const cut = [{ name: 'x.zip', bytes: response.rawPayload.subarray(0, 100) }]
    expect(await readFiles(project, 'format=coco', cut)).toMatchObject({
      state: 'failed',
      problem: { code: 'VALIDATION_FAILED', message: 'The files cannot be read: the archive is cut off.' },
    })
    expect((await sendFiles(project, 'format=coco', [])).statusCode).toBe(422)
    expect((await sendFiles(project, 'format=word', cut)).statusCode).toBe(422)
    const text = await readFiles(project, 'format=coco', [{ name: 'a.json', bytes: '{' }])
    expect(text.report?.problems).toMatchObject([{ reason: 'the file is not JSON', file: 'a.json' }])
  })
})

describe('masks', () => {
  it.each(['coco-polygons', 'png-instance', 'png-palette'])(
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
      const { response } = await exportFiles(project, { format })
      await annotate(image, { ...data, masks: [] })
      const files = [{ name: 'x.zip', bytes: response.rawPayload }]
      await importFiles(project, `format=${format}`, files, { replace: true })
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
    const { response, files } = await exportFiles(project, { format: 'image-folder' })
    expect([...files.keys()]).toEqual(['positive/one.png'])
    await annotate(image, { key, value: 0 })
    const sent = [{ name: 'x.zip', bytes: response.rawPayload }]
    expect(await importFiles(project, 'format=image-folder', sent, { replace: true })).toMatchObject({ written: 1 })
    expect((await labelOf(image)).data).toEqual({ key, value: 1 })
    const table = [{ name: 'a.csv', bytes: 'filename,label\none.png,negative\n' }]
    expect(await importFiles(project, 'format=csv', table, { replace: true })).toMatchObject({
      written: 1,
      problems: [],
    })
    expect((await labelOf(image)).data).toEqual({ key, value: 0 })
  })
})

describe('marks on DICOM pictures', () => {
  const more = {
    [0x00080018]: ['UI', '1.2.3.4'],
    [0x0020000d]: ['UI', '1.2.3.1'],
    [0x0020000e]: ['UI', '1.2.3.2'],
    [0x00280008]: ['IS', '2'],
    [0x7fe00010]: ['OW', Array.from({ length: 24 }, (_, at) => at)],
  } as Record<number, [string, string | number[]]>

  it.each(['dicom-seg', 'nifti', 'dicom-sr', 'coco'])(
    'go out as %s and come in again on their frames',
    async (format) => {
      const response = await post('/projects', { name: format, taskType: 3001, classes: ['lesion'] })
      const project: string = response.json().id
      const image = await uploadImage(test.app, ann, project, { name: 'x.dcm', bytes: greyDicom({ more }) })
      const size: [number, number] = [3, 4]
      const rle = encodeRle([0, 1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0], size)
      const other = encodeRle([0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1], size)
      const masks = [
        { id: '1', class: 0, rle },
        { id: '2', class: 0, rle: other, frame: 1 },
      ]
      await annotate(image, { key: ['lesion'], size, masks })
      const { done, response: archive } = await exportFiles(project, { format })
      expect(done.result).toMatchObject({ images: 1, marks: 2, problems: 0 })
      await annotate(image, { key: ['lesion'], size, masks: [] })
      const files = [{ name: 'x.zip', bytes: archive.rawPayload }]
      const report = await importFiles(project, `format=${format}`, files, { replace: true })
      expect(report).toMatchObject({ written: 1, problems: [], unmatched: [] })
      expect((await labelOf(image)).data).toEqual({ key: ['lesion'], size, masks })
    },
  )
})

/** Boxes without their ids, to the last digit a fraction of the image can keep. */
function placesOf(data: LabelFile['data']): unknown {
  return 'boxes' in data ? data.boxes.map(({ box, class: index }) => ({ box, index })) : data
}
