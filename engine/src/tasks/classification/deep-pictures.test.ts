import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { createRandom } from '../../data/random.ts'
import { encodeDeepDicom } from '../../data/testing/encode-deep-dicom.ts'
import type { ClassItem } from '../../runner/messages.ts'
import { classification } from './index.ts'
import { trainClassifier } from './train-classifier.ts'

const folder = mkdtempSync(join(tmpdir(), 'deep-pictures-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const SIDE = 32
const LEARNT = 60

/**
 * 16-bit pictures with a bright bar at 50,000 to 65,000, and of one class a disc that lies 40 above a background of
 * 2,000: a sixth of a level once 8 bits hold the whole range, so that copies of 8 bits show both classes alike.
 */
function drawItem(index: number): ClassItem {
  const value = index % 2
  const random = createRandom(5, index)
  const [x, y] = [SIDE * 0.3 + random() * SIDE * 0.4, SIDE * 0.5 + random() * SIDE * 0.2]
  const height = value === 0 ? 0 : 40
  const pixels = Uint16Array.from({ length: SIDE * SIDE }, (_, at) => {
    const [column, row] = [at % SIDE, Math.floor(at / SIDE)]
    if (row < 6) return 50_000 + random() * 15_000
    return 2000 + random() * 16 + (Math.hypot(column - x, row - y) < 5 ? height : 0)
  })
  const file = join(folder, `${index}.dcm`)
  writeFileSync(file, encodeDeepDicom(SIDE, SIDE, [pixels]))
  return { imageId: `image-${index}`, file, value, group: `image-${index}` }
}

it('a structure in the low bits of 16 is learnt, and found again in new pictures', async () => {
  const items = Array.from({ length: LEARNT + 20 }, (_, index) => drawItem(index))
  const outcome = await trainClassifier({
    taskType: 1001,
    classes: ['empty', 'disc'],
    items: items.slice(0, LEARNT),
    backbone: 'compact',
    imageSize: SIDE,
    seed: 1,
    budgetMinutes: 0.15,
    clock: 'processor',
    warmStartModel: null,
    directory: folder,
  })
  const model = await classification.open(readFileSync(outcome.modelFile), { threads: 1 })
  const shown = items.slice(LEARNT)
  const answers = (await model?.predict(
    shown.map(({ file }) => file),
    performance.now(),
  )) as { probabilities: number[] }[]
  await model?.dispose()
  const right = answers.filter(
    ({ probabilities: [empty = 0, disc = 0] }, at) => Number(disc > empty) === shown[at]?.value,
  )
  expect(right.length).toBeGreaterThanOrEqual(18)
})
