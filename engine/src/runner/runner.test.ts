import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { drawPhantoms } from '../train/testing/draw-phantoms.ts'
import { openPredictor, type TrainingRequest, type TrainingUpdate, trainInChild } from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'runner-'))
let request: TrainingRequest
beforeAll(async () => {
  request = {
    taskType: 1001,
    classes: ['left', 'right'],
    items: await drawPhantoms(join(folder, 'images'), 16, 16),
    backbone: 'compact',
    imageSize: 16,
    seed: 1,
    budgetMinutes: 0.05,
    warmStartModel: null,
    directory: folder,
  }
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('training and predicting in child processes', () => {
  it('answers for images with the model that was trained, file by file', async () => {
    const updates: TrainingUpdate[] = []
    const outcome = await trainInChild(request, { onUpdate: (update) => updates.push(update) })
    expect(updates.some((update) => update.kind === 'epoch')).toBe(true)

    const damaged = join(folder, 'damaged.png')
    writeFileSync(damaged, 'not a picture')
    const predictor = openPredictor({ threads: 1 })
    try {
      const files = [request.items[0]!.file, damaged, request.items[1]!.file]
      const answers = await predictor.predict(outcome.modelFile, files)
      expect(answers).toEqual([
        { probabilities: expect.any(Array), latencyMs: expect.any(Number) },
        { error: expect.stringContaining('cannot read') },
        { probabilities: expect.any(Array), latencyMs: expect.any(Number) },
      ])
      const [first] = answers
      const sum = 'probabilities' in first! ? first.probabilities.reduce((total, value) => total + value, 0) : 0
      expect(sum).toBeCloseTo(1, 6)

      await expect(predictor.predict(damaged, files)).rejects.toMatchObject({ name: 'PredictionError' })
      expect(await predictor.predict(outcome.modelFile, [])).toEqual([])
      expect(await predictor.predict(outcome.modelFile, [damaged])).toHaveLength(1)
    } finally {
      await predictor.close()
    }
    await expect(predictor.predict(outcome.modelFile, [damaged])).rejects.toThrow(/closed/)
  })

  it('says by a code why there is no model', async () => {
    await expect(trainInChild({ ...request, items: [] })).rejects.toMatchObject({
      name: 'TrainingError',
      code: 'NOT_ENOUGH_ANNOTATIONS',
    })
    const missing = join(folder, 'no such folder')
    await expect(trainInChild({ ...request, directory: missing, budgetMinutes: 0.02 })).rejects.toMatchObject({
      name: 'TrainingError',
      code: 'TRAINING_FAILED',
    })
  })

  it('ends at once when it is cancelled', async () => {
    const controller = new AbortController()
    const training = trainInChild(
      { ...request, budgetMinutes: 10 },
      { signal: controller.signal, onUpdate: () => controller.abort() },
    )
    await expect(training).rejects.toMatchObject({ name: 'AbortError' })
    await expect(trainInChild(request, { signal: controller.signal })).rejects.toMatchObject({ name: 'AbortError' })
  })
})
