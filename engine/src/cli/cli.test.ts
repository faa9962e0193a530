import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { decodeRle } from '@vesalius/contracts'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readClassifier } from '../tasks/classification/classifier-file.ts'
import { drawPhantoms } from '../train/testing/draw-phantoms.ts'
import { evaluate } from './evaluate.ts'
import { exportModel } from './export.ts'
import { pairMasks } from './pair-masks.ts'
import { predict } from './predict.ts'
import { readClassList } from './read-class-list.ts'
import { readCoco } from './read-coco.ts'
import { readMaskImage } from './read-mask-image.ts'
import { train } from './train.ts'

const folder = mkdtempSync(join(tmpdir(), 'vesalius-cli-'))
const images = join(folder, 'images')
const model = join(folder, 'models', 'sides.onnx')
const quiet = () => {}
const write = (name: string, text: string) => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}
afterAll(() => rmSync(folder, { recursive: true }))

describe('without a server', () => {
  beforeAll(async () => {
    for (const { file, value } of await drawPhantoms(join(folder, 'drawn'), 24, 16)) {
      const into = join(images, value === 0 ? 'left' : 'right')
      mkdirSync(into, { recursive: true })
      renameSync(file, join(into, basename(file)))
    }
    await train(
      { task: 'binary', images, 'core-minutes': '0.15', minutes: '1', seed: '1', backbone: 'compact', out: model },
      quiet,
    )
  })

  it('a model is trained on folders of classes and measured on them', async () => {
    const metrics = await evaluate({ model, images })
    expect(metrics).toMatchObject({ kind: 'classification', images: 24 })
    expect(metrics.kind === 'classification' && metrics.accuracy).toBeGreaterThan(0.75)
  })

  it('a model answers for a folder, one file for each image', async () => {
    const out = join(folder, 'answers')
    const summary = await predict({ model, images: join(images, 'left'), out }, quiet)
    expect(summary).toMatchObject({ images: 12, failed: [] })
    const { probabilities } = JSON.parse(readFileSync(join(out, '0.json'), 'utf8'))
    expect(probabilities[0] + probabilities[1]).toBeCloseTo(1)
  })

  it('a model is laid out with what is needed to use it, and nothing about whom it learnt from', async () => {
    const out = join(folder, 'hub')
    await exportModel({ model, out })
    const config = JSON.parse(readFileSync(join(out, 'config.json'), 'utf8'))
    expect(config).toMatchObject({ classes: ['left', 'right'], mean: [expect.any(Number)] })
    expect(config).not.toHaveProperty('trainedOn')
    expect(readFileSync(join(out, 'model.onnx')).equals(readFileSync(model))).toBe(true)
  })

  it('a model on whole numbers is a quarter of the size and answers nearly the same; nothing goes on from it', async () => {
    const out = join(folder, 'small')
    await exportModel({ model, out, int8: true, images: join(images, 'left') })
    const small = join(out, 'model.onnx')
    expect(statSync(small).size).toBeLessThan(statSync(model).size / 3)
    const [whole, exact] = [join(folder, 'answers-whole'), join(folder, 'answers-exact')]
    await predict({ model: small, images: join(images, 'right'), out: whole }, quiet)
    await predict({ model, images: join(images, 'right'), out: exact }, quiet)
    for (const name of readdirSync(exact)) {
      const [ours, theirs] = [whole, exact].map(
        (at) => JSON.parse(readFileSync(join(at, name), 'utf8')).probabilities[0],
      )
      expect(Math.abs(ours - theirs), name).toBeLessThan(0.1)
    }
    expect(readClassifier(small)?.parameters.size).toBe(0)
  })

  it.each([
    [{ task: 'dream' }, '--task is one of'],
    [{ task: 'binary', images, minutes: '0' }, '--minutes'],
    [{ task: 'binary', images: join(folder, 'nowhere') }, 'cannot read the folder'],
    [{ task: 'vessel', images }, '--masks DIR'],
    [{ task: 'detection', images }, '--labels FILE'],
  ])('a wrong call says what is missing: %o', async (options, message) => {
    const call = { minutes: '1', seed: '1', backbone: 'compact', out: join(folder, 'x.onnx'), ...options }
    await expect(train(call, quiet)).rejects.toThrow(message)
  })
})

describe('what is said about images', () => {
  it('masks belong to images of the same name, or of the same first letters', () => {
    const named = (...names: string[]) => names.map((stem) => ({ stem, file: `${stem}.png` }))
    const { pairs, alone } = pairMasks(named('21_training', 'b', 'c'), named('21_manual1', 'b'))
    expect(pairs.map(({ image, mask }) => [image.stem, mask.stem])).toEqual([
      ['21_training', '21_manual1'],
      ['b', 'b'],
    ])
    expect(alone.map(({ stem }) => stem)).toEqual(['c'])
    expect(() => pairMasks(named('a'), named('b'))).toThrow('no mask has the name')
  })

  it('a mask picture is one class, classes, or objects', async () => {
    const draw = async (name: string, values: number[], isDeep: boolean) => {
      const pixels = isDeep ? Uint16Array.from(values) : Uint8Array.from(values)
      const file = join(folder, name)
      const picture = sharp(pixels, { raw: { width: 3, height: 2, channels: 1 } })
      await picture
        .toColourspace(isDeep ? 'grey16' : 'b-w')
        .png()
        .toFile(file)
      return file
    }
    const one = await draw('one.png', [0, 255, 255, 0, 0, 255], false)
    const organ = { classes: ['a', 'b'], hasInstances: false }
    const { masks } = await readMaskImage(one, organ)
    expect(masks).toMatchObject([{ class: 0 }])
    expect([...decodeRle(masks[0]!.rle, [2, 3])]).toEqual([0, 1, 1, 0, 0, 1])
    const two = await draw('two.png', [0, 1, 2, 0, 1, 2], false)
    expect((await readMaskImage(two, organ)).masks.map((mask) => mask.class)).toEqual([0, 1])
    await expect(readMaskImage(two, { ...organ, classes: ['a'] })).rejects.toThrow('class 2 of 1')
    const cells = await draw('cells.png', [0, 1, 300, 0, 1, 999], true)
    expect((await readMaskImage(cells, { classes: ['cell'], hasInstances: true })).masks).toHaveLength(3)
  })

  it('boxes come from a COCO file', async () => {
    const file = write(
      'coco.json',
      JSON.stringify({
        images: [
          { id: 1, file_name: 'folder/a.png' },
          { id: 2, file_name: 'b.png' },
        ],
        categories: [
          { id: 7, name: 'dog' },
          { id: 3, name: 'cat' },
        ],
        annotations: [
          { image_id: 1, category_id: 7, bbox: [1, 2, 3, 4] },
          { image_id: 1, category_id: 3, bbox: [1, 2, 0, 4] },
          { image_id: 1, category_id: 3, bbox: [5, 5, 2, 2], iscrowd: 1 },
        ],
      }),
    )
    const { classes, labels } = await readCoco(file)
    expect(classes).toEqual(['cat', 'dog'])
    expect(labels.get('a.png')?.boxes).toEqual([{ id: '1', box: [1, 2, 3, 4], class: 1 }])
    expect(labels.get('b.png')?.boxes).toEqual([])
    await expect(readCoco(write('bad.json', '{}'))).rejects.toThrow('no COCO file')
  })

  it('classes come from a list', async () => {
    const list = await readClassList(write('list.csv', 'file,class\nfolder/a.png,cat\n"b.png","dog"\n'))
    expect([...list]).toEqual([
      ['a.png', 'cat'],
      ['b.png', 'dog'],
    ])
    await expect(readClassList(write('bad.csv', 'a.png\n'))).rejects.toThrow('line 1')
  })
})
