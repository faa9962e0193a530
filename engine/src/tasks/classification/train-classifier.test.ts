import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { headlineOf } from '@vesalius/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ClassItem, TrainingOutcome, TrainingRequest, TrainingUpdate } from '../../runner/messages.ts'
import { drawPhantoms } from '../../train/testing/draw-phantoms.ts'
import { readClassifier } from './classifier-file.ts'
import { trainClassifier } from './train-classifier.ts'

const folder = mkdtempSync(join(tmpdir(), 'train-classifier-'))
let items: ClassItem[] = []
let trained: TrainingOutcome
const updates: TrainingUpdate[] = []
beforeAll(async () => {
  items = await drawPhantoms(join(folder, 'images'), 24, 16)
  trained = await train({ budgetMinutes: 0.06 }, (update) => updates.push(update))
})
afterAll(() => rmSync(folder, { recursive: true }))

const requestFor = (changes: Partial<TrainingRequest>): TrainingRequest => ({
  taskType: 1001,
  classes: ['left', 'right'],
  items,
  backbone: 'compact',
  imageSize: 16,
  seed: 1,
  budgetMinutes: 10,
  // The machine that runs the tests may do other work.
  clock: 'processor',
  warmStartModel: null,
  directory: mkdtempSync(join(folder, 'run-')),
  ...changes,
})
const train = (changes: Partial<TrainingRequest>, onUpdate?: (update: TrainingUpdate) => void) =>
  trainClassifier(requestFor(changes), onUpdate)

describe('training a classifier', () => {
  it('learns phantoms, tells how it goes, and leaves a model and no checkpoint', () => {
    expect(headlineOf(trained.metrics!).value).toBeGreaterThanOrEqual(0.75)
    expect(trained.trainingImages + trained.validationImages).toBe(24)
    expect(existsSync(trained.modelFile)).toBe(true)
    expect(existsSync(join(trained.modelFile, '..', 'checkpoint.bin'))).toBe(false)
    const fractions = updates.flatMap((update) => (update.kind === 'progress' ? [update.progress.fraction] : []))
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b))
    expect(fractions.at(-1)).toBe(1)
    expect(updates.filter((update) => update.kind === 'epoch')).toHaveLength(trained.epochs)
  })

  it('goes on from a model and is no worse for it', async () => {
    const again = await train({ budgetMinutes: 0.06, warmStartModel: trained.modelFile })
    expect(headlineOf(again.metrics!).value).toBeGreaterThanOrEqual(0.75)
    expect(again.epochs).toBeLessThan(trained.epochs)
  })

  it('changes the last layer alone when asked, and keeps all before it', async () => {
    const request = { budgetMinutes: 0.06, warmStartModel: trained.modelFile, scope: 'head' } as const
    const again = await train(request)
    expect(headlineOf(again.metrics!).value).toBeGreaterThanOrEqual(0.75)
    const [before, after] = [trained, again].map(({ modelFile }) => readClassifier(modelFile)!.parameters)
    expect(after!.get('fc.weight')!.data).not.toEqual(before!.get('fc.weight')!.data)
    expect(after!.get('bn1.weight')!.data).toEqual(before!.get('bn1.weight')!.data)
    const kernels = after!.get('conv1.weight')!.data
    for (const [at, value] of before!.get('conv1.weight')!.data.entries()) expect(kernels[at]).toBeCloseTo(value, 4)
  })

  it('leaves out a damaged image and says which', async () => {
    const damaged = join(folder, 'damaged.png')
    writeFileSync(damaged, 'not a picture')
    const [first, second, ...rest] = items
    const broken = [first!, { ...second!, imageId: 'broken', file: damaged }, ...rest]
    const outcome = await train({ items: broken, budgetMinutes: 0.02 })
    expect(outcome.skipped).toEqual([{ imageId: 'broken', reason: expect.stringContaining('cannot read') }])
    expect(outcome.trainingImages + outcome.validationImages).toBe(23)
  })

  it('asks for more when there is too little to learn from', async () => {
    const refusal = { name: 'TrainingError', code: 'NOT_ENOUGH_ANNOTATIONS' }
    await expect(train({ items: [] })).rejects.toMatchObject(refusal)
    await expect(train({ items: items.slice(0, 3) })).rejects.toMatchObject(refusal)
    const oneClass = items.filter((item) => item.value === 0)
    await expect(train({ items: oneClass })).rejects.toMatchObject(refusal)
    const unreadable = items.map((item) => ({ ...item, file: join(folder, 'missing.png') }))
    await expect(train({ items: unreadable })).rejects.toMatchObject(refusal)
  })

  it('learns from four images without any held out', async () => {
    const outcome = await train({ items: items.slice(0, 4), budgetMinutes: 0.02 })
    expect(outcome.metrics).toBeNull()
    expect(outcome.validationImages).toBe(0)
  })
})
