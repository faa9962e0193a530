import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ClassItem, type TrainingRequest, trainInChild } from '../runner/index.ts'
import { readClassifier } from '../tasks/classification/classifier-file.ts'
import { requireFinite } from './require-finite.ts'
import { drawPhantoms } from './testing/draw-phantoms.ts'
import { encodeFloatTiff } from './testing/encode-float-tiff.ts'

const folder = mkdtempSync(join(tmpdir(), 'poisoned-'))
let items: ClassItem[] = []
beforeAll(async () => {
  items = await drawPhantoms(join(folder, 'images'), 12, 16)
})
afterAll(() => rmSync(folder, { recursive: true }))

const train = (changes: Partial<TrainingRequest>) =>
  trainInChild({
    ...{ taskType: 1001, classes: ['left', 'right'], items, backbone: 'compact', imageSize: 16, seed: 1 },
    ...{ budgetMinutes: 0.02, warmStartModel: null, directory: mkdtempSync(join(folder, 'run-')) },
    ...changes,
  })

const addItem = (name: string, bytes: Uint8Array): ClassItem => {
  const file = join(folder, name)
  writeFileSync(file, bytes)
  return { imageId: name, file, value: 0, group: name }
}
const drawPlain = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#000' } })
    .png()
    .toBuffer()

describe('poisoned inputs', () => {
  it('pixels that are no numbers, odd shapes, black and doubled pictures teach a finite model; damaged ones are named', async () => {
    const whole = readFileSync(items[0]!.file)
    const poisoned = [
      addItem('nan.tif', encodeFloatTiff(8, [Number.NaN])),
      addItem('infinite.tif', encodeFloatTiff(8, [1, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])),
      addItem('dot.png', await drawPlain(1, 1)),
      addItem('line.png', await drawPlain(1, 20_000)),
      addItem('black.png', await drawPlain(30, 30)),
      items[1]!,
    ]
    const damaged = addItem('half.png', whole.subarray(0, whole.length / 2))
    const outcome = await train({ items: [...items.slice(0, 6), damaged, ...items.slice(6), ...poisoned] })
    expect(outcome.skipped).toEqual([{ imageId: 'half.png', reason: expect.stringContaining('cannot read') }])
    expect(outcome.trainingImages + outcome.validationImages).toBe(18)
    const { parameters } = readClassifier(outcome.modelFile)!
    expect(() => requireFinite(parameters)).not.toThrow()
  })

  it('a class the project does not have ends the run with its reason', async () => {
    const outside = items.map((item, index) => (index === 3 ? { ...item, value: 7 } : item))
    await expect(train({ items: outside })).rejects.toThrow('class 7 in a project of 2 classes')
  })

  it('parameters that are no numbers are never saved', () => {
    const parameters = new Map([['w', { shape: [2], data: Float32Array.of(1, Number.NaN) }]])
    expect(() => requireFinite(parameters)).toThrow(/"w" were no longer numbers/)
  })

  it.runIf(process.platform === 'linux')('a disk that is full at the end leaves the model that was there', async () => {
    const directory = mkdtempSync(join(folder, 'full-'))
    writeFileSync(join(directory, 'model.onnx'), 'the last good one')
    symlinkSync('/dev/full', join(directory, 'model.onnx.tmp'))
    await expect(train({ directory })).rejects.toMatchObject({ code: 'STORAGE_FULL' })
    expect(readFileSync(join(directory, 'model.onnx'), 'utf8')).toBe('the last good one')
  })
})
