import {
  type ClassEdit,
  type ClassEditId,
  type ClassEditPreview,
  type Image,
  type ImageId,
  LabelFile,
  type ModelVersionId,
  type ProjectId,
} from '@vesalius/contracts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { json } from '../../db/json.ts'
import { newId } from '../../ids.ts'
import { openTestApp, signUp, type TestApp } from '../../testing/test-app.ts'
import { uploadImage } from '../../testing/uploads.ts'
import { storeOutsideGuess } from '../predictions/prelabel-image.ts'
import { editClassesHandler, resumeClassEdits } from './edit-classes.job.ts'

let test: TestApp
let owner: { cookie: string }
beforeAll(async () => {
  test = await openTestApp()
  owner = await signUp(test.app, 'owner')
})
afterAll(() => test.close())

type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
const api = (method: Method, path: string, payload?: object, headers: Record<string, string> = {}) =>
  test.app.inject({ method, url: `/api/v1${path}`, headers: { ...owner, ...headers }, ...(payload ? { payload } : {}) })

const CLASSES = ['cat', 'dog', 'fox']
let projectId: ProjectId
let scheme: number
const makeProject = async (taskType: number) => {
  projectId = (await api('POST', '/projects', { name: 'Animals', taskType, classes: CLASSES })).json().id
  scheme = 0
}
const project = async () => (await api('GET', `/projects/${projectId}`)).json()
const classes = (...list: [name: string, was: number | null, takes?: number[]][]) => ({
  scheme,
  classes: list.map(([name, was, takes = []]) => ({ name, was, takes })),
})
const preview = async (body: object): Promise<ClassEditPreview> =>
  (await api('POST', `/projects/${projectId}/class-edits/preview`, body)).json()
const start = async (body: object): Promise<ClassEdit> => {
  const answer = await api('POST', `/projects/${projectId}/class-edits`, body)
  expect(answer.statusCode, answer.body).toBe(202)
  scheme += 1
  return answer.json()
}
const carry = (editId: ClassEditId, signal = new AbortController().signal) =>
  editClassesHandler(test.context)({ payload: { editId }, signal, isLastTry: false })
const edit = async (body: object): Promise<ClassEdit> => {
  const { id } = await start(body)
  await carry(id)
  const [newest] = (await api('GET', `/projects/${projectId}/class-edits`)).json().items
  return newest
}
const undo = async (id: string): Promise<ClassEdit> => {
  const answer = await api('POST', `/projects/${projectId}/class-edits/${id}/undo`)
  expect(answer.statusCode, answer.body).toBe(202)
  await carry(answer.json().id)
  return answer.json()
}
const label = async (id: string) => {
  const answer = await api('GET', `/images/${id}/label`)
  return { ...(answer.json() as LabelFile), tag: String(answer.headers.etag) }
}
const image = async (id: string): Promise<Image> => (await api('GET', `/images/${id}`)).json()
const revisions = async (id: string) => (await api('GET', `/images/${id}/label/revisions`)).json().items
const onDisk = async ({ uri }: Image) =>
  LabelFile.parse(JSON.parse(String(await test.context.storage.read(uri.replace(/\.\w+$/, '.label')))))
const ofClass = async (place: number) =>
  (await api('GET', `/projects/${projectId}/images?class=${place}`)).json().items.map(({ id }: Image) => id)

describe('a change of the classes of boxes', () => {
  const box = (id: string, place: number) => ({ id, box: [1, 1, 5, 5], class: place })
  const boxes = (...places: number[]) => ({
    label: { type: 2000, data: { key: CLASSES, boxes: places.map((place, at) => box(`b${at}`, place)) } },
  })
  let both: Image
  let dog: Image
  let open: Image
  beforeEach(async () => {
    await makeProject(2000)
    both = await uploadImage(test.app, owner, projectId, boxes(0, 1, 1))
    dog = await uploadImage(test.app, owner, projectId, boxes(1))
    open = await uploadImage(test.app, owner, projectId)
  })
  const marks = async (id: string) => {
    const { data } = await label(id)
    if (!('boxes' in data)) throw new Error('no boxes')
    return data.boxes.map((mark) => data.key[mark.class])
  }

  it('says first in numbers what it does', async () => {
    const merge = classes(['cat', 0, [1]], ['fox', 2])
    expect(await preview(merge)).toMatchObject({
      ...{ annotated: 2, guessed: 0, unanswered: 0, frozen: 0, takesTime: true },
      marks: { moved: 3, removed: 0, isEstimate: false },
    })
    const removal = classes(['cat', 0], ['fox', 2])
    expect((await preview(removal)).marks).toEqual({ moved: 0, removed: 3, isEstimate: false })
    const addition = classes(['cat', 0], ['dog', 1], ['fox', 2], ['owl', null])
    expect(await preview(addition)).toMatchObject({ annotated: 0, takesTime: false })
    expect((await project()).classes).toEqual(CLASSES)
  })

  it('is in force at once for whoever reads, and carried into labels, files, counts and filters', async () => {
    await api('POST', `/projects/${projectId}/filters`, { name: 'Foxes', query: 'class=2&annotated=true' })
    await api('POST', `/projects/${projectId}/filters`, { name: 'Dogs', query: 'class=1' })
    const { id } = await start(classes(['fox', 2], ['cat', 0, [1]]))
    expect(await project()).toMatchObject({ classes: ['fox', 'cat'], areClassesMoving: true })
    expect(await marks(both.id)).toEqual(['cat', 'cat', 'cat'])
    expect((await ofClass(1)).sort()).toEqual([both.id, dog.id].sort())
    expect((await image(both.id)).labelRevision).toBe(1)
    await carry(id)
    expect(await marks(both.id)).toEqual(['cat', 'cat', 'cat'])
    expect((await ofClass(1)).sort()).toEqual([both.id, dog.id].sort())
    expect(await project()).toMatchObject({ areClassesMoving: false, counts: { annotatedPerClass: [0, 2] } })
    expect((await onDisk(both)).data).toMatchObject({
      key: ['fox', 'cat'],
      boxes: [{ class: 1 }, { class: 1 }, { class: 1 }],
    })
    expect((await onDisk(open)).data).toMatchObject({ key: ['fox', 'cat'] })
    const { items } = (await api('GET', `/projects/${projectId}/filters`)).json()
    expect(items.map(({ query }: { query: string }) => query).sort()).toEqual(['class=0&annotated=true', 'class=1'])
    expect((await revisions(both.id)).map(({ isClassEdit }: { isClassEdit: boolean }) => isClassEdit)).toEqual([
      ...[true, false, false],
    ])
    expect((await revisions(open.id)).length).toBe(1)
  })

  it('writes one revision each, whoever carries it how often, also after a kill in the middle', async () => {
    const more: Image[] = []
    for (let at = 0; at < 6; at += 1) more.push(await uploadImage(test.app, owner, projectId, boxes(1, at % 3)))
    const { id } = await start(classes(['cat', 0, [1]], ['fox', 2]))
    const killed = new AbortController()
    const unsubscribe = test.context.events.subscribe((_, event) => {
      if (event.kind === 'image') killed.abort()
    })
    await expect(carry(id, killed.signal)).rejects.toThrow()
    unsubscribe()
    const { class_pending } = await test.context.db
      .selectFrom('projects')
      .select('class_pending')
      .where('id', '=', projectId)
      .executeTakeFirstOrThrow()
    expect(class_pending).toBe(1)
    await resumeClassEdits(test.context)
    await carry(id)
    await carry(id)
    for (const { id } of [both, dog, ...more]) {
      expect(await marks(id)).not.toContain('dog')
      expect((await image(id)).labelRevision).toBe(2)
    }
    const { items, past } = (await api('GET', `/projects/${projectId}/class-edits`)).json()
    expect(past).toHaveLength(1)
    expect(past[0].names).toEqual(CLASSES)
    expect(items[0]).toMatchObject({ state: 'done', changed: 8, done: 9, total: 9, authorName: 'owner' })
  })

  it('loses nothing of those who annotate meanwhile: what was drawn under the names of before is carried over', async () => {
    const seen = await label(both.id)
    const seenDog = await label(dog.id)
    const { id } = await start(classes(['fox', 2], ['cat', 0, [1]]))
    const drawn = { type: 2000, data: { key: CLASSES, boxes: [box('mine', 1), box('new', 2)] } }
    const before = await api('PUT', `/images/${both.id}/label`, drawn, { 'if-match': seen.tag })
    expect(before.statusCode, before.body).toBe(200)
    await carry(id)
    const after = await api('PUT', `/images/${dog.id}/label`, drawn, { 'if-match': seenDog.tag })
    expect(after.statusCode, after.body).toBe(200)
    for (const each of [both, dog]) expect(await marks(each.id)).toEqual(['cat', 'fox'])
    const stale = await api('PUT', `/images/${both.id}/label`, drawn, { 'if-match': seen.tag })
    expect(stale.json().code).toBe('LABEL_CHANGED')
    const wrong = { type: 2000, data: { key: ['fox', 'cat'], boxes: [box('mine', 1)] } }
    const answer = await api('PUT', `/images/${dog.id}/label`, wrong, { 'if-match': seenDog.tag })
    expect(answer.json().code).toBe('LABEL_CHANGED')
  })

  it('can be taken back: labels that nobody changed since are what they were, others stay', async () => {
    const { id } = await edit(classes(['cat', 0, [1]], ['fox', 2]))
    const seen = await label(dog.id)
    const data = { key: ['cat', 'fox'], boxes: [box('since', 1)] }
    await api('PUT', `/images/${dog.id}/label`, { type: 2000, data }, { 'if-match': seen.tag })
    expect((await api('GET', `/projects/${projectId}/class-edits/${id}/undo`)).json()).toMatchObject({
      ...{ restored: 1, kept: 1 },
    })
    const back = await undo(id)
    expect(back.undoes).toBe(id)
    expect((await project()).classes).toEqual(CLASSES)
    expect(await marks(both.id)).toEqual(['cat', 'dog', 'dog'])
    expect(await marks(dog.id)).toEqual(['fox'])
    expect((await revisions(both.id)).length).toBe(4)
    expect((await project()).counts.annotatedPerClass).toEqual([1, 1, 1])
    expect((await api('POST', `/projects/${projectId}/class-edits/${id}/undo`)).json().code).toBe('CONFLICT')
    const again = await undo(back.id)
    expect(again.undoes).toBe(back.id)
    expect(await marks(both.id)).toEqual(['cat', 'cat', 'cat'])
  })

  it('keeps a class that was added and is used by now when it is taken back', async () => {
    const { id } = await edit(classes(['cat', 0], ['dog', 1], ['owl', null]))
    expect(await marks(both.id)).toEqual(['cat', 'dog', 'dog'])
    const data = { key: ['cat', 'dog', 'owl'], boxes: [box('since', 2)] }
    await api('PUT', `/images/${open.id}/label`, { type: 2000, data })
    await undo(id)
    expect((await project()).classes).toEqual(['cat', 'dog', 'fox', 'owl'])
    expect(await marks(open.id)).toEqual(['owl'])
  })

  it('is refused while frozen labels would change, another one is under way, or it was planned on other classes', async () => {
    await api('POST', `/images/${dog.id}/freeze`)
    const merge = classes(['cat', 0, [1]], ['fox', 2])
    expect((await preview(merge)).frozen).toBe(1)
    expect((await api('POST', `/projects/${projectId}/class-edits`, merge)).json().code).toBe('IMAGE_FROZEN')
    await api('POST', `/images/${dog.id}/unfreeze`)
    const { id } = await start(merge)
    const next = classes(['cats', 0], ['fox', 1])
    expect((await api('POST', `/projects/${projectId}/class-edits`, next)).json().code).toBe('CONFLICT')
    expect((await api('PATCH', `/projects/${projectId}`, { classes: ['a', 'b'] })).json().code).toBe('CONFLICT')
    await carry(id)
    expect((await api('POST', `/projects/${projectId}/class-edits`, merge)).json().code).toBe('CONFLICT')
    const same = classes(['cat', 0], ['fox', 1])
    expect((await api('POST', `/projects/${projectId}/class-edits`, same)).json().code).toBe('NOTHING_CHANGED')
    const missing = classes(['cat', 0], ['fox', 7])
    expect((await api('POST', `/projects/${projectId}/class-edits`, missing)).json().code).toBe('VALIDATION_FAILED')
  })

  it('stands in the record of changes, with the person', async () => {
    await edit(classes(['cat', 0, [1]], ['fox', 2]))
    const { items } = (await api('GET', `/audit?projectId=${projectId}&subject=class%20edit`)).json()
    expect(items[0]).toMatchObject({ action: 'create', actorName: 'owner', after: { before: CLASSES } })
  })

  it('gives classes colours', async () => {
    const body = classes(['cat', 0], ['dog', 1], ['fox', 2])
    const coloured = body.classes.map((each, at) => ({ ...each, ...(at === 1 ? { colour: '#aa3355' } : {}) }))
    const { state } = await start({ ...body, classes: coloured })
    expect(state).toBe('done')
    expect((await project()).classColours).toEqual([null, '#aa3355', null])
  })
})

describe('a change of the classes of a classification', () => {
  const answer = (value: number) => ({
    label: { type: 1003, data: { key: CLASSES, weight: [0, 1, 2].map((at) => Number(at === value)), value } },
  })
  beforeEach(() => makeProject(1003))
  const said = async (id: string) => {
    const { data } = await label(id)
    if (!('weight' in data)) throw new Error('no classes')
    return data.value === null ? null : data.key[data.value]
  }

  it('takes answers of a removed class away, and gives them back when it is taken back', async () => {
    const dog = await uploadImage(test.app, owner, projectId, answer(1))
    const fox = await uploadImage(test.app, owner, projectId, answer(2))
    const body = classes(['cat', 0], ['fox', 2])
    expect(await preview(body)).toMatchObject({ annotated: 1, unanswered: 1 })
    const { id } = await edit(body)
    expect([await said(dog.id), await said(fox.id)]).toEqual([null, 'fox'])
    expect(await image(dog.id)).toMatchObject({ annotatedAt: null, labelValue: null })
    expect((await project()).counts).toMatchObject({ annotated: 1, annotatedPerClass: [0, 1] })
    await undo(id)
    expect([await said(dog.id), await said(fox.id)]).toEqual(['dog', 'fox'])
    expect((await image(dog.id)).annotatedAt).toBe(dog.annotatedAt)
    expect((await project()).counts).toMatchObject({ annotated: 2, annotatedPerClass: [0, 1, 1] })
    expect(
      await test.context.db
        .selectFrom('projects')
        .select('annotation_count')
        .where('id', '=', projectId)
        .executeTakeFirst(),
    ).toEqual({ annotation_count: 2 })
  })

  it('adds up what a model said of classes that become one, and retires one that can tell nothing apart', async () => {
    const open = await uploadImage(test.app, owner, projectId)
    const { db } = test.context
    const model = {
      ...{
        id: newId<ModelVersionId>(),
        project_id: projectId,
        run_id: null,
        number: 1,
        state: 'serving' as const,
      },
      ...{
        classes: json(CLASSES),
        metrics: null,
        lineage: null,
        imported: null,
        uri: 'none',
        byte_size: 1,
        sha256: 'x',
      },
    }
    await db.insertInto('model_versions').values(model).execute()
    await db.updateTable('projects').set({ serving_model_id: model.id }).where('id', '=', projectId).execute()
    const data = { key: CLASSES, weight: [0.3, 0.3, 0.4], value: 2 }
    const guess = { modelVersionId: model.id, classScheme: 0, data, value: 2, marks: null, score: 0.4, latencyMs: 1 }
    await storeOutsideGuess(test.context, open.id as ImageId, guess)
    await edit(classes(['fox', 2], ['pet', 0, [1]]))
    expect((await api('GET', `/images/${open.id}/predictions`)).json().items[0].data).toMatchObject({
      ...{ key: ['fox', 'pet'], weight: [0.4, 0.6] },
    })
    expect((await image(open.id)).guess).toMatchObject({ value: 0 })
    const body = classes(['pet', 1], ['owl', null])
    expect((await preview(body)).models).toMatchObject([
      { number: 1, isServing: true, unknown: ['owl'], isUsable: false },
    ])
    await edit(body)
    expect((await project()).servingModelId).toBeNull()
    expect((await api('GET', `/projects/${projectId}/models`)).json().items[0]).toMatchObject({
      ...{ state: 'retired', unknownClasses: ['owl'] },
    })
    expect((await api('POST', `/models/${model.id}/promote`)).json().code).toBe('MODEL_UNUSABLE')
  })
})
