import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodeRle } from '@vesalius/contracts'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MarkedItem, TrainingOutcome, TrainingRequest } from '../../runner/messages.ts'
import { segmentation } from './index.ts'
import { scoreSegmenter } from './score-segmenter.ts'
import { drawCells } from './testing/draw-cells.ts'

const SIZE = 48
const folder = mkdtempSync(join(tmpdir(), 'train-segmenter-'))
let items: MarkedItem[] = []
let trained: TrainingOutcome
beforeAll(async () => {
  items = await drawCells(join(folder, 'images'), { count: 12, size: SIZE })
  trained = await train({ budgetMinutes: 0.12 })
})
afterAll(() => rmSync(folder, { recursive: true }))

const train = (changes: Partial<TrainingRequest>) =>
  segmentation.train({
    taskType: 3004,
    classes: ['cell'],
    items,
    backbone: 'compact',
    imageSize: 48,
    seed: 1,
    budgetMinutes: 0.02,
    // The machine that runs the tests may do other work.
    clock: 'processor',
    warmStartModel: null,
    directory: mkdtempSync(join(folder, 'run-')),
    ...changes,
  })

const answer = async (modelFile: string, files: string[]) => {
  const model = await segmentation.open(readFileSync(modelFile), { threads: 1 })
  const answers = await model!.predict(files, performance.now())
  await model!.dispose()
  return answers
}

const refusal = { name: 'TrainingError', code: 'NOT_ENOUGH_ANNOTATIONS' }

describe('training a segmenter', () => {
  it('learns cells and answers with one mask for each', async () => {
    expect(trained.metrics).toMatchObject({ kind: 'segmentation' })
    expect(trained.trainingImages + trained.validationImages).toBe(12)
    const score = await scoreSegmenter(trained.modelFile, items)
    expect(score.dice).toBeGreaterThan(0.7)
    expect(score.ap50).toBeGreaterThan(0.2)
    const [prediction] = await answer(trained.modelFile, [items[0]!.file])
    if (!('masks' in prediction!)) throw new Error('no masks')
    expect(prediction.size).toEqual([SIZE, SIZE])
    expect(prediction.masks.length).toBeGreaterThan(1)
    for (const { rle, score } of prediction.masks) {
      expect(decodeRle(rle, [SIZE, SIZE]).includes(1)).toBe(true)
      expect(score).toBeGreaterThan(0)
      expect(score).toBeLessThanOrEqual(1)
    }
  })

  it('goes on from a model, and answers for pictures of any size beside damaged ones', async () => {
    const again = await train({ warmStartModel: trained.modelFile })
    expect(again.imageSize).toBe(trained.imageSize)
    const point = join(folder, 'point.png')
    const wide = join(folder, 'wide.png')
    await sharp({ create: { width: 1, height: 1, channels: 3, background: 'red' } })
      .png()
      .toFile(point)
    await sharp({ create: { width: 700, height: 20, channels: 3, background: 'black' } })
      .png()
      .toFile(wide)
    const damaged = join(folder, 'damaged.png')
    writeFileSync(damaged, 'not a picture')
    expect(await answer(trained.modelFile, [point, damaged, wide])).toEqual([
      expect.objectContaining({ size: [1, 1] }),
      { error: expect.stringContaining('cannot read') },
      expect.objectContaining({ size: [20, 700] }),
    ])
  })

  it('learns regions of several classes, one of which nobody marked', async () => {
    const outcome = await train({ taskType: 3002, classes: ['spleen', 'cell'] })
    const [prediction] = await answer(outcome.modelFile, [items[0]!.file])
    if (!('masks' in prediction!)) throw new Error('no masks')
    expect(prediction.masks.filter((mask) => mask.class === 1).length).toBeLessThanOrEqual(1)
  })

  it('leaves out what cannot be read and says which', async () => {
    const damaged = join(folder, 'damaged.png')
    writeFileSync(damaged, 'not a picture')
    const misfit = join(folder, 'misfit.json')
    writeFileSync(misfit, JSON.stringify({ key: ['cell'], size: [3, 4], masks: [] }))
    const short = join(folder, 'short.json')
    writeFileSync(
      short,
      JSON.stringify({ key: ['cell'], size: [SIZE, SIZE], masks: [{ id: 'a', class: 0, rle: '0<' }] }),
    )
    const foreign = join(folder, 'foreign.json')
    writeFileSync(
      foreign,
      JSON.stringify({ key: ['dog'], size: [SIZE, SIZE], masks: [{ id: 'a', class: 0, rle: '0' }] }),
    )
    const [first, second, third, fourth, ...rest] = items
    const broken = [
      { ...first!, imageId: 'picture', file: damaged },
      { ...second!, imageId: 'size', labelFile: misfit },
      { ...third!, imageId: 'runs', labelFile: short },
      { ...fourth!, imageId: 'class', labelFile: foreign },
    ]
    const outcome = await train({ items: [...broken, ...rest], budgetMinutes: 0.02 })
    expect(outcome.skipped).toEqual([
      { imageId: 'picture', reason: expect.stringContaining('cannot read') },
      { imageId: 'size', reason: expect.stringContaining('does not fit') },
      { imageId: 'runs', reason: expect.stringContaining('runs of the mask') },
      { imageId: 'class', reason: expect.stringContaining('"dog"') },
    ])
  })

  it('asks for more when nothing is marked', async () => {
    const empty = join(folder, 'empty.json')
    writeFileSync(empty, JSON.stringify({ key: ['cell'], size: [SIZE, SIZE], masks: [] }))
    await expect(train({ items: [] })).rejects.toMatchObject(refusal)
    await expect(train({ items: items.map((item) => ({ ...item, labelFile: empty })) })).rejects.toMatchObject(refusal)
    await expect(train({ items: items.map((item) => ({ ...item, file: 'missing.png' })) })).rejects.toMatchObject(
      refusal,
    )
  })

  it('opens nothing but its own models', async () => {
    const bytes = new Uint8Array(10)
    expect(await segmentation.open(bytes, { threads: 1 }).catch(() => null)).toBeNull()
  })
})
