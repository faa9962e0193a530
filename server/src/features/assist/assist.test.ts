import {
  type AssistAnswer,
  type DetectionLabelData,
  decodeRle,
  encodeRle,
  type Image,
  type ModelVersionId,
  type ProjectId,
  type RunId,
  type SegmentationLabelData,
} from '@vesalius/contracts'
import type { Prediction, Predictor } from '@vesalius/engine/runner'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { json } from '../../db/json.ts'
import { newId } from '../../ids.ts'
import { openTestApp, signUp, type TestApp } from '../../testing/test-app.ts'
import { phantomPng, projectOf, uploadImage } from '../../testing/uploads.ts'

/** Stands for the engine's child process: says what the test wants, and what it was shown. */
const seen: { width: number; height: number; pixels: Buffer }[] = []
let answer: (size: { width: number; height: number }) => Prediction | Promise<Prediction>
const predictor: Predictor = {
  predict: async (_, files) =>
    Promise.all(
      files.map(async (file) => {
        const { data, info } = await sharp(file).removeAlpha().raw().toBuffer({ resolveWithObject: true })
        seen.push({ width: info.width, height: info.height, pixels: data })
        return answer(info)
      }),
    ),
  close: async () => {},
}

const WIDTH = 400
const HEIGHT = 300
let test: TestApp
let ann: { cookie: string }
let ben: { cookie: string }
let boxes: Image
let cells: Image
let organs: Image
let bytes: Buffer

beforeAll(async () => {
  test = await openTestApp({ predictor })
  ann = await signUp(test.app, 'ann')
  ben = await signUp(test.app, 'ben')
  bytes = await phantomPng({ width: WIDTH, height: HEIGHT })
  ;[boxes, cells, organs] = (await Promise.all([2001, 3004, 3002].map(prepare))) as [Image, Image, Image]
})
afterAll(() => test.close())
beforeEach(() => {
  seen.length = 0
})

async function prepare(taskType: number): Promise<Image> {
  const project = (await projectOf(test.app, ann, taskType)) as ProjectId
  const id = newId<ModelVersionId>()
  const { db } = test.context
  await db
    .insertInto('model_versions')
    .values({
      ...{ id, project_id: project, run_id: newId<RunId>(), number: 1, state: 'candidate', classes: json(['thing']) },
      ...{ metrics: null, lineage: null, imported: null, uri: `models/${id}.onnx`, byte_size: 1, sha256: 'x' },
    })
    .execute()
  await test.context.storage.write(`models/${id}.onnx`, 'x')
  await db
    .updateTable('projects')
    .set({ serving_model_id: id, classes: json(['thing']) })
    .where('id', '=', project)
    .execute()
  return uploadImage(test.app, ann, project, { bytes })
}

const ask = (image: Image, payload: object, headers: Record<string, string> = ann) =>
  test.app.inject({ method: 'POST', url: `/api/v1/images/${image.id}/assist`, headers, payload })
const dataOf = async <Data>(image: Image, payload: object): Promise<Data> => {
  const response = await ask(image, payload)
  expect(response.statusCode, response.body).toBe(200)
  return (response.json() as AssistAnswer).data as Data
}
/** A mask of the part that the model sees, set where `isInside`. */
const masks = (...shapes: ((x: number, y: number) => boolean)[]) => {
  answer = ({ width, height }) => ({
    latencyMs: 3,
    size: [height, width],
    masks: shapes.map((isInside, at) => ({
      class: 0,
      score: 0.9 - at / 10,
      rle: encodeRle(
        Uint8Array.from({ length: width * height }, (_, place) =>
          Number(isInside(place % width, Math.floor(place / width))),
        ),
        [height, width],
      ),
    })),
  })
}
const pixelsOf = ({ size, masks: found }: SegmentationLabelData) =>
  found.map(({ rle }) => {
    const grid = decodeRle(rle, size)
    const places = [...grid.keys()].filter((at) => grid[at] === 1)
    const columns = places.map((at) => at % WIDTH)
    const rows = places.map((at) => Math.floor(at / WIDTH))
    return { area: places.length, left: Math.min(...columns), top: Math.min(...rows) }
  })

describe('a box', () => {
  it('shows the model that part of the image with a margin, pixel by pixel', async () => {
    answer = () => ({ boxes: [], doubtful: [], latencyMs: 3 })
    await dataOf(boxes, { box: [100.4, 90, 50, 40] })
    const part = { left: 36, top: 26, width: 179, height: 168 }
    const expected = await sharp(bytes).extract(part).raw().toBuffer()
    expect(seen).toEqual([{ width: part.width, height: part.height, pixels: expected }])
  })

  it('answers with boxes in pixels of the image, those in the margin left out', async () => {
    const found = (x: number, y: number) => ({ box: [x, y, 20, 10] as [number, number, number, number], class: 0 })
    answer = () => ({
      boxes: [
        { ...found(70, 70), score: 0.8 },
        { ...found(2, 2), score: 0.9 },
      ],
      doubtful: [],
      latencyMs: 3,
    })
    const data = await dataOf<DetectionLabelData>(boxes, { box: [100, 90, 50, 40] })
    expect(data.boxes.map(({ box, score }) => ({ box, score }))).toEqual([{ box: [106, 96, 20, 10], score: 0.8 }])
  })

  it('keeps cells whole that lie in it for the most part', async () => {
    masks(
      (x, y) => x >= 60 && x < 80 && y >= 70 && y < 80,
      (x, y) => x >= 50 && x < 65 && y >= 70 && y < 80,
    )
    const data = await dataOf<SegmentationLabelData>(cells, { box: [100, 90, 50, 40] })
    expect(data.size).toEqual([HEIGHT, WIDTH])
    expect(pixelsOf(data)).toEqual([{ area: 200, left: 96, top: 96 }])
  })

  it('cuts masks of classes at its edges', async () => {
    masks(() => true)
    const data = await dataOf<SegmentationLabelData>(organs, { box: [100, 90, 50, 40] })
    expect(pixelsOf(data)).toEqual([{ area: 2000, left: 100, top: 90 }])
  })
})

describe('a place', () => {
  it('answers with the one object there', async () => {
    masks(
      (x, y) => Math.hypot(x - 192, y - 100) < 9,
      (x, y) => Math.hypot(x - 20, y - 20) < 9,
    )
    const data = await dataOf<SegmentationLabelData>(cells, { point: { x: 200, y: 100 } })
    expect(pixelsOf(data)).toMatchObject([{ left: 192, top: 92 }])
    const none = await dataOf<SegmentationLabelData>(cells, { point: { x: 260, y: 200 } })
    expect(none.masks).toEqual([])
  })

  it('answers with the piece of a class’s mask there, not with all of it', async () => {
    masks((x, y) => (x < 50 || x >= 180) && y < 150)
    const data = await dataOf<SegmentationLabelData>(organs, { point: { x: 200, y: 100 } })
    expect(pixelsOf(data)[0]?.left).toBe(188)
  })

  it('answers with the least box around it', async () => {
    answer = () => ({
      boxes: [
        { box: [150, 60, 100, 80], class: 0, score: 0.9 },
        { box: [185, 95, 20, 20], class: 0, score: 0.6 },
      ],
      doubtful: [],
      latencyMs: 3,
    })
    const data = await dataOf<DetectionLabelData>(boxes, { point: { x: 200, y: 100 } })
    expect(data.boxes.map(({ box }) => box)).toEqual([[193, 95, 20, 20]])
  })
})

describe('the model is not asked', () => {
  const box = [10, 10, 20, 20]

  it('by strangers', async () => {
    expect((await ask(boxes, { box }, ben)).statusCode).toBe(404)
    expect((await ask(boxes, { box }, {})).statusCode).toBe(401)
    expect(seen).toEqual([])
  })

  it('about nothing, about two things, or beside the image', async () => {
    const status = async (payload: object) => (await ask(boxes, payload)).statusCode
    expect(await status({})).toBe(422)
    expect(await status({ box, point: { x: 1, y: 1 } })).toBe(422)
    expect(await status({ box: [500, 10, 20, 20] })).toBe(422)
    expect(await status({ point: { x: -3, y: 2 } })).toBe(422)
    expect(await status({ point: { x: WIDTH, y: 2 } })).toBe(422)
    expect(seen).toEqual([])
  })

  it('where there is none, or nothing to outline', async () => {
    const none = await uploadImage(test.app, ann, await projectOf(test.app, ann, 2000))
    expect((await ask(none, { box })).json().code).toBe('NO_MODEL')
    const plain = await uploadImage(test.app, ann, await projectOf(test.app, ann, 1001))
    expect((await ask(plain, { box })).json().code).toBe('TASK_TYPE_UNSUPPORTED')
  })

  it('more than twice at once by one person', async () => {
    let open = () => {}
    const gate = new Promise<void>((resolve) => {
      open = resolve
    })
    answer = async () => {
      await gate
      return { boxes: [], doubtful: [], latencyMs: 3 }
    }
    const first = [ask(boxes, { box }), ask(boxes, { box })]
    await expect.poll(() => seen.length).toBe(2)
    expect((await ask(boxes, { box })).statusCode).toBe(429)
    open()
    expect((await Promise.all(first)).map(({ statusCode }) => statusCode)).toEqual([200, 200])
    expect((await ask(boxes, { box })).statusCode).toBe(200)
  })
})
