import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { boxOverlap } from '../../metrics/box-overlap.ts'
import type { TrainingOutcome, TrainingRequest, TrainingUpdate } from '../../runner/messages.ts'
import { detection } from './index.ts'
import { RECIPE } from './recipe.ts'
import { drawBlobs } from './testing/draw-blobs.ts'
import { trainDetector } from './train-detector.ts'

const folder = mkdtempSync(join(tmpdir(), 'train-detector-'))
let items: Awaited<ReturnType<typeof drawBlobs>> = []
let trained: TrainingOutcome
const updates: TrainingUpdate[] = []
beforeAll(async () => {
  items = await drawBlobs(join(folder, 'images'), 24)
  trained = await train({}, { onUpdate: (update) => updates.push(update), shown: 320 })
})
afterAll(() => rmSync(folder, { recursive: true }))

interface Watch {
  onUpdate?: (update: TrainingUpdate) => void
  /** Views of the whole training: what it learns does not depend on the machine's speed. */
  shown?: number
}

const train = (changes: Partial<TrainingRequest>, { onUpdate, shown = 8 }: Watch = {}) =>
  trainDetector(
    {
      taskType: 2000,
      classes: ['square', 'disc'],
      items,
      backbone: 'compact',
      imageSize: null,
      seed: 1,
      budgetMinutes: 10,
      warmStartModel: null,
      directory: mkdtempSync(join(folder, 'run-')),
      ...changes,
    },
    onUpdate,
    { ...RECIPE, fewestShown: shown, mostShown: shown },
  )

function writeItem(name: string, boxes: unknown[], file = items[0]!.file) {
  const labelFile = join(folder, `${name}.json`)
  writeFileSync(labelFile, JSON.stringify({ key: ['square', 'disc'], boxes }))
  return { imageId: name, group: name, file, labelFile }
}

async function open(file: string) {
  const model = await detection.open(readFileSync(file), { threads: 1 })
  if (!model) throw new Error('not a detector')
  return model
}

describe('training a detector', () => {
  it('learns phantoms, tells how it goes, and leaves a model and no checkpoint', () => {
    if (trained.metrics?.kind !== 'detection') throw new Error('no detection figures')
    expect(trained.metrics.map50).toBeGreaterThan(0.5)
    expect(trained.trainingImages + trained.validationImages).toBe(24)
    expect(existsSync(trained.modelFile)).toBe(true)
    expect(existsSync(join(trained.modelFile, '..', 'checkpoint.bin'))).toBe(false)
    const fractions = updates.flatMap((update) => (update.kind === 'progress' ? [update.progress.fraction] : []))
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b))
    expect(fractions.at(-1)).toBe(1)
  })

  it('answers with boxes in pixels of the original, and with a reason for what is no image', async () => {
    const large = join(folder, 'large.png')
    await sharp(items[0]!.file).resize(128, 128).png().toFile(large)
    const model = await open(trained.modelFile)
    const [small, missing] = await model.predict([items[0]!.file, join(folder, 'missing.png')], performance.now())
    await model.dispose()
    expect(missing).toEqual({ error: expect.stringContaining('cannot read') })
    if (!small || !('boxes' in small)) throw new Error('no boxes')
    const found = items[0]!.marks.filter((mark) =>
      [...small.boxes, ...small.doubtful].some(
        (guess) => guess.class === mark.class && boxOverlap(guess.box, mark.box) > 0.5,
      ),
    )
    expect(found.length).toBeGreaterThanOrEqual(items[0]!.marks.length / 2)
    for (const { box, score } of small.boxes) {
      expect(box[0] >= 0 && box[1] >= 0 && box[0] + box[2] <= 64.001 && box[1] + box[3] <= 64.001).toBe(true)
      expect(score >= 0 && score <= 1).toBe(true)
    }
  })

  it('finds nothing much in pictures of one pixel, of one colour, and of values that are no numbers', async () => {
    const dot = join(folder, 'dot.png')
    const flat = join(folder, 'flat.png')
    const broken = join(folder, 'broken.tif')
    const one = { width: 1, height: 1, channels: 1 } as const
    await sharp(Uint8Array.of(9), { raw: one }).png().toFile(dot)
    await sharp(new Uint8Array(3000), { raw: { width: 100, height: 30, channels: 1 } })
      .png()
      .toFile(flat)
    const noNumbers = new Float32Array(40 * 40).fill(Number.NaN)
    await sharp(noNumbers, { raw: { width: 40, height: 40, channels: 1 } })
      .toColourspace('b-w')
      .tiff()
      .toFile(broken)
    const model = await open(trained.modelFile)
    const answers = await model.predict([dot, flat, broken], performance.now())
    await model.dispose()
    expect(answers.map((answer) => 'boxes' in answer)).toEqual([true, true, true])
  })

  it('goes on from a model: a few steps keep what it knows', async () => {
    const again = await train({ warmStartModel: trained.modelFile })
    if (again.metrics?.kind !== 'detection') throw new Error('no detection figures')
    expect(again.metrics.map50).toBeGreaterThan(0.4)
  })

  it('leaves out damaged images and labels, and says which', async () => {
    const damaged = join(folder, 'damaged.png')
    writeFileSync(damaged, readFileSync(items[1]!.file).subarray(0, 900))
    const noLabel = { ...items[2]!, imageId: 'no label', labelFile: join(folder, 'none.json') }
    const foreign = join(folder, 'foreign.json')
    writeFileSync(foreign, JSON.stringify({ key: ['ship'], boxes: [{ id: 'a', box: [0, 0, 9, 9], class: 0 }] }))
    const otherClass = { ...items[3]!, imageId: 'other class', labelFile: foreign }
    const broken = [...items.slice(4), { ...items[1]!, imageId: 'damaged', file: damaged }, noLabel, otherClass]
    const outcome = await train({ items: broken })
    expect(outcome.skipped.map(({ imageId }) => imageId).sort()).toEqual(['damaged', 'no label', 'other class'])
    expect(outcome.trainingImages + outcome.validationImages).toBe(20)
  })

  it('learns from one class, from images without marks, and from boxes that leave the image', async () => {
    const odd = [
      writeItem('outside', [{ id: 'a', box: [500, 500, 20, 20], class: 0 }]),
      writeItem('crossing', [{ id: 'a', box: [-10, 40, 30, 300], class: 0 }]),
      writeItem('thin', [{ id: 'a', box: [5, 5, 0.01, 40], class: 0 }]),
      ...['a', 'b', 'c'].map((name) => writeItem(`empty ${name}`, [])),
    ]
    const outcome = await train({ items: odd })
    expect(outcome.trainingImages + outcome.validationImages).toBe(6)
    expect(existsSync(outcome.modelFile)).toBe(true)
  })

  it('asks for marks when there are none', async () => {
    const refusal = { name: 'TrainingError', code: 'NOT_ENOUGH_ANNOTATIONS' }
    await expect(train({ items: [] })).rejects.toMatchObject(refusal)
    await expect(train({ items: [writeItem('nothing', [])] })).rejects.toMatchObject(refusal)
  })
})
