import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodeRle } from '@vesalius/contracts'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readModel } from '../graph/read-model.ts'
import { type MarkedItem, type TrainingRequest, trainInChild } from '../runner/index.ts'
import { drawBlobs } from '../tasks/detection/testing/draw-blobs.ts'
import { drawCells } from '../tasks/segmentation/testing/draw-cells.ts'
import { requireFinite } from './require-finite.ts'
import { encodeFloatTiff } from './testing/encode-float-tiff.ts'

const folder = mkdtempSync(join(tmpdir(), 'poisoned-marks-'))
const SIDE = 48

/** What a task's label says about a picture of this size; `everything`: all of it is marked, else nothing is. */
type Label = (width: number, height: number, everything: boolean) => unknown

const boxLabel: Label = (width, height, everything) => ({
  key: ['square', 'disc'],
  boxes: everything ? [{ id: 'a', box: [0, 0, width, height], class: 0 }] : [],
})
const maskLabel: Label = (width, height, everything) => {
  const rle = encodeRle(new Uint8Array(width * height).fill(1), [height, width])
  return { key: ['cell'], size: [height, width], masks: everything ? [{ id: 'a', class: 0, rle }] : [] }
}

const families = [
  { name: 'boxes', taskType: 2001, classes: ['square', 'disc'], label: boxLabel },
  { name: 'regions', taskType: 3002, classes: ['cell'], label: maskLabel },
  { name: 'cells', taskType: 3004, classes: ['cell'], label: maskLabel },
] as const

describe.each(families)('poisoned inputs of $name', ({ name, taskType, classes, label }) => {
  const home = join(folder, name)
  let items: MarkedItem[] = []
  beforeAll(async () => {
    const images = join(home, 'images')
    items =
      name === 'boxes'
        ? (await drawBlobs(images, 12, SIDE)).map(({ marks: _, ...item }) => item)
        : await drawCells(images, { count: 12, size: SIDE })
  })

  const train = (changes: Partial<TrainingRequest>) =>
    trainInChild({
      ...{ taskType, classes: [...classes], items, backbone: 'compact', imageSize: SIDE, seed: 1 },
      ...{ budgetMinutes: 0.02, clock: 'processor', warmStartModel: null, directory: mkdtempSync(join(home, 'run-')) },
      ...changes,
    })
  const addItem = (file: string, bytes: Uint8Array, data: unknown): MarkedItem => {
    const labelFile = join(home, `${file}.json`)
    writeFileSync(join(home, file), bytes)
    writeFileSync(labelFile, JSON.stringify(data))
    return { imageId: file, file: join(home, file), labelFile, group: file }
  }
  const plain = (width: number, height: number) =>
    sharp({ create: { width, height, channels: 3, background: '#000' } })
      .png()
      .toBuffer()

  it('odd pixels, shapes and labels teach a finite model; a damaged file in the middle is named', async () => {
    const poisoned = [
      addItem('nan.tif', encodeFloatTiff(8, [Number.NaN]), label(8, 8, true)),
      addItem('infinite.tif', encodeFloatTiff(8, [1, Number.POSITIVE_INFINITY]), label(8, 8, true)),
      addItem('dot.png', await plain(1, 1), label(1, 1, true)),
      addItem('line.png', await plain(1, 3000), label(1, 3000, true)),
      addItem('empty.png', await plain(30, 30), label(30, 30, false)),
      items[1]!,
    ]
    const half = readFileSync(items[0]!.file)
    const damaged = addItem('half.png', half.subarray(0, half.length / 2), label(SIDE, SIDE, true))
    const outcome = await train({ items: [...items.slice(0, 6), damaged, ...items.slice(6), ...poisoned] })
    expect(outcome.skipped).toEqual([{ imageId: 'half.png', reason: expect.stringContaining('cannot read') }])
    expect(outcome.trainingImages + outcome.validationImages).toBe(18)
    expect(() => requireFinite(readModel(readFileSync(outcome.modelFile)).tensors)).not.toThrow()
  })

  it('labels that mark nothing end the run with the reason', async () => {
    const empty = await Promise.all(
      Array.from({ length: 6 }, async (_, at) => addItem(`none-${at}.png`, await plain(20, 20), label(20, 20, false))),
    )
    await expect(train({ items: empty })).rejects.toMatchObject({ code: 'NOT_ENOUGH_ANNOTATIONS' })
  })

  it('one class only, everywhere, is learnt as it is', async () => {
    const full = await Promise.all(
      Array.from({ length: 6 }, async (_, at) => addItem(`full-${at}.png`, await plain(32, 32), label(32, 32, true))),
    )
    const { modelFile } = await train({ items: full })
    expect(() => requireFinite(readModel(readFileSync(modelFile)).tensors)).not.toThrow()
  })

  // Checkpoints are the same code for all.
  it.runIf(process.platform === 'linux' && name === 'cells')(
    'a disk that is full at a checkpoint leaves the model that was there',
    async () => {
      const directory = mkdtempSync(join(home, 'full-'))
      writeFileSync(join(directory, 'model.onnx'), 'the last good one')
      symlinkSync('/dev/full', join(directory, 'checkpoint.bin.tmp'))
      await expect(train({ directory })).rejects.toMatchObject({ code: 'STORAGE_FULL' })
      expect(readFileSync(join(directory, 'model.onnx'), 'utf8')).toBe('the last good one')
      expect(existsSync(join(directory, 'checkpoint.bin'))).toBe(false)
    },
  )
})

describe('boxes beside the picture', () => {
  it('are cut at its border or left out, and the rest is learnt', async () => {
    const home = join(folder, 'outside')
    mkdirSync(home)
    const items = (await drawBlobs(join(home, 'images'), 8, SIDE)).map(({ marks: _, ...item }) => item)
    const boxes = [
      [-500, -500, 100, 100],
      [SIDE + 5, 3, 10, 10],
      [-5, -5, 5000, 5000],
      [5000, 5000, 1, 1],
      [10, 10, 12, 12],
    ]
    for (const { labelFile } of items.slice(0, 3)) {
      const marks = boxes.map((box, at) => ({ id: `${at}`, box, class: 0 }))
      writeFileSync(labelFile, JSON.stringify({ key: ['square', 'disc'], boxes: marks }))
    }
    const { modelFile, trainingImages, validationImages } = await trainInChild({
      ...{ taskType: 2001, classes: ['square', 'disc'], items, backbone: 'compact', imageSize: SIDE, seed: 1 },
      ...{ budgetMinutes: 0.02, clock: 'processor', warmStartModel: null, directory: home },
    })
    expect(trainingImages + validationImages).toBe(8)
    expect(() => requireFinite(readModel(readFileSync(modelFile)).tensors)).not.toThrow()
  })
})

afterAll(() => rmSync(folder, { recursive: true }))
