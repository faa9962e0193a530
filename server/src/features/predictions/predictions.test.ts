import {
  type Image,
  LabelFile,
  type Lineage,
  type ModelVersionId,
  type ProjectId,
  type RunId,
} from '@vesalius/contracts'
import type { Prediction, Predictor } from '@vesalius/engine/runner'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { json } from '../../db/json.ts'
import { newId } from '../../ids.ts'
import { openTestApp, signUp, type TestApp } from '../../testing/test-app.ts'
import { projectOf, uploadImage } from '../../testing/uploads.ts'
import { prelabelHandler, prelabelUnannotated, resumePrelabels } from './predictions.service.ts'

/** Answers what the test says; stands for the engine's child process. */
class ScriptedPredictor implements Predictor {
  answer: () => Promise<Prediction | { error: string }> | Prediction | { error: string } = () => ({
    probabilities: [0.3, 0.7],
    latencyMs: 5,
  })
  readonly models: string[] = []

  async predict(modelFile: string, imageFiles: string[]) {
    this.models.push(modelFile)
    return Promise.all(imageFiles.map(() => this.answer()))
  }

  async close() {}
}

const predictor = new ScriptedPredictor()
let test: TestApp
let ann: { cookie: string }
let binary: ProjectId
let queued: string[] = []

beforeAll(async () => {
  test = await openTestApp({ predictor })
  const { enqueueMany } = test.context.jobs
  test.context.jobs.enqueueMany = async (trx, name, jobs, options) => {
    for (const { payload } of jobs) if ('imageId' in payload) queued.push(payload.imageId)
    await enqueueMany(trx, name, jobs, options)
  }
  ann = await signUp(test.app, 'ann')
  binary = (await projectOf(test.app, ann, 1001)) as ProjectId
})
afterAll(() => test.close())
beforeEach(async () => {
  predictor.answer = () => ({ probabilities: [0.3, 0.7], latencyMs: 5 })
  queued = []
  await serve(null)
})

const get = (path: string) => test.app.inject({ url: `/api/v1${path}`, headers: ann })
const post = (path: string) => test.app.inject({ method: 'POST', url: `/api/v1${path}`, headers: ann })
const imageNow = async (image: Image) => (await get(`/images/${image.id}`)).json() as Image
const labelOf = async (image: Image) => (await get(`/images/${image.id}/label`)).json()
const fileOf = async (image: Image) =>
  LabelFile.parse(JSON.parse(String(await test.context.storage.read(image.uri.replace('.png', '.label')))))

function runJob(image: Image, { isLastTry = false, signal = new AbortController().signal } = {}) {
  return prelabelHandler(test.context)({ payload: { imageId: image.id }, signal, isLastTry })
}

async function serve(modelId: ModelVersionId | null, project = binary) {
  await test.context.db.updateTable('projects').set({ serving_model_id: modelId }).where('id', '=', project).execute()
}

let modelNumber = 0
async function addModel(project = binary): Promise<ModelVersionId> {
  const id = newId<ModelVersionId>()
  modelNumber += 1
  await test.context.db
    .insertInto('model_versions')
    .values({
      id,
      project_id: project,
      run_id: newId<RunId>(),
      number: modelNumber,
      state: 'candidate',
      classes: json(['negative', 'positive']),
      metrics: null,
      lineage: json({} as Lineage),
      imported: null,
      uri: `models/${id}.onnx`,
      byte_size: 1,
      sha256: '',
    })
    .execute()
  await test.context.storage.write(`models/${id}.onnx`, 'x')
  return id
}

const annotate = (image: Image) =>
  test.app.inject({
    method: 'PUT',
    url: `/api/v1/images/${image.id}/label`,
    headers: ann,
    payload: { type: 1001, data: { key: { '0': 'negative', '1': 'positive' }, value: 0 } },
  })

describe('the first look at an image', () => {
  it('says the same again without a second revision, as a job does whose process was killed at its end', async () => {
    await serve(await addModel())
    const image = await uploadImage(test.app, ann, binary)
    await runJob(image)
    await runJob(image)
    expect(await labelOf(image)).toMatchObject({ meta: { revision: 1, author: { kind: 'model' } } })
    predictor.answer = () => ({ probabilities: [0.6, 0.4], latencyMs: 5 })
    await runJob(image)
    expect(await labelOf(image)).toMatchObject({ meta: { revision: 2 } })
  })

  it('is queued with the upload', async () => {
    const image = await uploadImage(test.app, ann, binary)
    expect(queued).toEqual([image.id])
  })

  it('ends with the empty label, and says so, while there is no model', async () => {
    const image = await uploadImage(test.app, ann, binary)
    await runJob(image)
    expect(await imageNow(image)).toMatchObject({ state: 'NORMAL', labelRevision: 0, guess: null, problem: null })
    expect(await fileOf(image)).toMatchObject({
      data: { value: null },
      meta: { state: 'NORMAL', author: { kind: 'none' }, note: expect.stringMatching(/no model/i) },
    })
  })

  it('ends with the empty label for the base type', async () => {
    const image = await uploadImage(test.app, ann, await projectOf(test.app, ann, 1000))
    await runJob(image)
    expect(await imageNow(image)).toMatchObject({ state: 'NORMAL', guess: null })
    expect((await labelOf(image)).meta.note).toBeUndefined()
  })

  it("makes the serving model's guess the label", async () => {
    const model = await addModel()
    await serve(model)
    const image = await uploadImage(test.app, ann, binary)
    await runJob(image)
    const now = await imageNow(image)
    expect(now).toMatchObject({ state: 'NORMAL', annotatedAt: null, labelValue: 1, labelRevision: 1 })
    expect(now.guess).toEqual({ value: 1, marks: null, score: 0.7, modelVersionId: model })
    const label = await labelOf(image)
    expect(label).toMatchObject({ data: { value: 0.7 }, meta: { author: { kind: 'model', modelVersionId: model } } })
    expect(await fileOf(image)).toEqual(label)
    const { items } = (await get(`/images/${image.id}/predictions`)).json()
    expect(items).toMatchObject([{ modelVersionId: model, score: 0.7, latencyMs: 5 }])
    const row = await test.context.db
      .selectFrom('images')
      .select('uncertainty')
      .where('id', '=', image.id)
      .executeTakeFirstOrThrow()
    expect(row.uncertainty).toBeCloseTo(0.3)
  })

  it('makes the boxes a detector found the label', async () => {
    const project = (await projectOf(test.app, ann, 2001)) as ProjectId
    const model = await addModel(project)
    await serve(model, project)
    predictor.answer = () => ({ boxes: [{ box: [1, 2, 3, 4], class: 0, score: 0.9 }], doubtful: [], latencyMs: 5 })
    const image = await uploadImage(test.app, ann, project)
    await runJob(image)
    const now = await imageNow(image)
    expect(now).toMatchObject({ state: 'NORMAL', annotatedAt: null, labelValue: null, labelMarks: 1 })
    expect(now.guess).toEqual({ value: null, marks: 1, score: 0.9, modelVersionId: model })
    const boxes = [{ id: 'guess-1', box: [1, 2, 3, 4], class: 0, score: 0.9 }]
    expect((await labelOf(image)).data).toEqual({ key: ['lesion'], boxes })
    await serve(null, project)
  })

  it('keeps one prediction for each model version, however often it runs', async () => {
    const model = await addModel()
    await serve(model)
    const image = await uploadImage(test.app, ann, binary)
    await runJob(image)
    await runJob(image)
    expect((await get(`/images/${image.id}/predictions`)).json().items).toHaveLength(1)
    await serve(await addModel())
    await runJob(image)
    expect((await get(`/images/${image.id}/predictions`)).json().items).toHaveLength(2)
  })

  it('never changes what a person said, also when the person answers while the model thinks', async () => {
    await serve(await addModel())
    const image = await uploadImage(test.app, ann, binary)
    predictor.answer = async () => {
      await annotate(image)
      return { probabilities: [0, 1], latencyMs: 5 }
    }
    await runJob(image)
    expect(await imageNow(image)).toMatchObject({ labelValue: 0, guess: null })
    expect((await labelOf(image)).meta.author.kind).toBe('person')
    expect((await get(`/images/${image.id}/predictions`)).json().items).toHaveLength(1)
  })

  it('asks the new model when another one was promoted meanwhile', async () => {
    const [old, fresh] = [await addModel(), await addModel()]
    await serve(old)
    const image = await uploadImage(test.app, ann, binary)
    predictor.answer = async () => {
      await serve(fresh)
      return { probabilities: [0.6, 0.4], latencyMs: 5 }
    }
    await runJob(image)
    expect(predictor.models.at(-1)).toContain(fresh)
    expect((await imageNow(image)).guess?.modelVersionId).toBe(fresh)
    expect((await get(`/images/${image.id}/predictions`)).json().items).toHaveLength(1)
  })

  it('leaves images in the bin and frozen ones alone', async () => {
    await serve(await addModel())
    for (const state of ['DELETED', 'FROZEN'] as const) {
      const image = await uploadImage(test.app, ann, binary)
      await test.context.db.updateTable('images').set({ state }).where('id', '=', image.id).execute()
      await runJob(image)
      expect(await imageNow(image)).toMatchObject({ state, guess: null })
    }
  })
})

describe('a first look that fails', () => {
  it('is tried again, and after the last try tells the person, who can ask again', async () => {
    await serve(await addModel())
    const image = await uploadImage(test.app, ann, binary)
    predictor.answer = () => ({ error: 'the file is odd' })
    await expect(runJob(image)).rejects.toThrow()
    expect((await imageNow(image)).problem).toBeNull()
    await expect(runJob(image, { isLastTry: true })).rejects.toThrow()
    expect(await imageNow(image)).toMatchObject({ state: 'TO_LABEL', problem: { code: 'PRELABEL_FAILED' } })

    queued = []
    const asked = await post(`/images/${image.id}/prelabel`)
    expect([asked.statusCode, asked.json().problem]).toEqual([202, null])
    expect(queued).toEqual([image.id])
    predictor.answer = () => ({ probabilities: [0.9, 0.1], latencyMs: 5 })
    await runJob(image)
    expect(await imageNow(image)).toMatchObject({ state: 'NORMAL', problem: null, labelValue: 0 })
  })

  it('leaves no problem behind when the program stops in the middle', async () => {
    await serve(await addModel())
    const image = await uploadImage(test.app, ann, binary)
    const signal = AbortSignal.abort()
    await expect(runJob(image, { isLastTry: true, signal })).rejects.toThrow()
    expect((await imageNow(image)).problem).toBeNull()
  })

  it('cannot be asked for where no model exists', async () => {
    const image = await uploadImage(test.app, ann, binary)
    await runJob(image)
    expect((await post(`/images/${image.id}/prelabel`)).json()).toMatchObject({ status: 422, code: 'NO_MODEL' })
  })
})

describe('asking for many', () => {
  it('queues what nobody annotated, and nothing else', async () => {
    const project = (
      await test.app.inject({
        method: 'POST',
        url: '/api/v1/projects',
        headers: ann,
        payload: { name: 'many', taskType: 1001 },
      })
    ).json().id as ProjectId
    const open = await uploadImage(test.app, ann, project)
    const done = await uploadImage(test.app, ann, project)
    const binned = await uploadImage(test.app, ann, project)
    await annotate(done)
    await test.app.inject({ method: 'DELETE', url: `/api/v1/images/${binned.id}`, headers: ann })
    queued = []
    expect(await prelabelUnannotated(test.context, project)).toBe(1)
    expect(queued).toEqual([open.id])
  })

  it('queues five thousand at once, each of them once, however often it is asked', async () => {
    const { db } = test.context
    const create = { name: 'five thousand', taskType: 1001 }
    const made = await test.app.inject({ method: 'POST', url: '/api/v1/projects', headers: ann, payload: create })
    const project = made.json().id as ProjectId
    const { id } = await uploadImage(test.app, ann, project)
    await sql`INSERT INTO images (id, project_id, owner_id, name, type, uri, state, width, height, bit_depth, channels,
        byte_size, content_hash)
      SELECT gen_random_uuid()::text, project_id, owner_id, name, type, uri || n, 'NORMAL', width, height, bit_depth, channels,
        byte_size, content_hash
      FROM images, generate_series(1, 4999) AS n WHERE id = ${id}`.execute(db)
    const waiting = async () => {
      const { rows } = await sql<{ count: number }>`SELECT count(*) FROM jobs.job
        WHERE name = 'prelabel-image' AND state = 'created'
        AND data->>'imageId' IN (SELECT id FROM images WHERE project_id = ${project})`.execute(db)
      return rows[0]?.count
    }
    expect(await prelabelUnannotated(test.context, project)).toBe(5000)
    expect(await waiting()).toBe(5000)
    await prelabelUnannotated(test.context, project)
    expect(await waiting()).toBe(5000)
    await db.deleteFrom('images').where('project_id', '=', project).execute()
  })

  it('takes up after a restart what still waits, except what met a problem', async () => {
    const waiting = await uploadImage(test.app, ann, binary)
    const failed = await uploadImage(test.app, ann, binary)
    await test.context.db
      .updateTable('images')
      .set({ problem: json({ code: 'PRELABEL_FAILED', message: 'x' } as const) })
      .where('id', '=', failed.id)
      .execute()
    const jobsOf = async (id: string) => {
      const found = sql`SELECT FROM jobs.job WHERE name = 'prelabel-image' AND data->>'imageId' = ${id}`
      return (await found.execute(test.context.db)).rows.length
    }
    // Their jobs were lost.
    await sql`DELETE FROM jobs.job WHERE data->>'imageId' IN (${waiting.id}, ${failed.id})`.execute(test.context.db)
    await resumePrelabels(test.context)
    await resumePrelabels(test.context)
    expect(await jobsOf(waiting.id)).toBe(1)
    expect(await jobsOf(failed.id)).toBe(0)
  })
})

it('happens by itself after an upload, through the queue', async () => {
  const running = await openTestApp({ predictor, worker: true })
  try {
    const headers = await signUp(running.app, 'ann')
    const project = await projectOf(running.app, headers, 1001)
    const ended = new Promise<Image>((resolve) => {
      running.context.events.subscribe((_, event) => {
        if (event.kind === 'image' && event.image.state === 'NORMAL') resolve(event.image)
      })
    })
    const image = await uploadImage(running.app, headers, project)
    expect((await ended).id).toBe(image.id)
  } finally {
    await running.close()
  }
})
