import { encodeRle, type LabelFile } from '@vesalius/contracts'
import { expect, it } from 'vitest'
import { marksFromLabel, regionsOfLabel } from './label-marks.ts'
import { encodeAhead } from './prepare-marks.ts'
import { encodeRegion } from './region-rle.ts'

const size = { width: 6, height: 5 }
const rle = encodeRle(
  Uint8Array.from({ length: 30 }, (_, at) => Number(at % 7 < 2)),
  [5, 6],
)
const labelOf = (): LabelFile => ({
  type: 3004,
  data: { key: ['cell'], size: [5, 6], masks: [{ id: 'a', class: 0, rle }] },
})
const regionsIn = (label: LabelFile) =>
  marksFromLabel(label, ['cell'], size)?.list.map(({ shape }) => (shape.kind === 'mask' ? shape.region : null))

it('reads the masks of a label once, and only of the last few labels', () => {
  const label = labelOf()
  const first = regionsIn(label)
  expect(regionsIn(label)?.[0]).toBe(first?.[0])
  for (let at = 0; at < 8; at += 1) regionsOfLabel(labelOf().data)
  expect(regionsIn(label)?.[0]).not.toBe(first?.[0])
  expect(regionsIn(label)).toEqual(first)
})

it('writes masks ahead, and stops when told to', async () => {
  const marking = marksFromLabel(labelOf(), ['cell'], size)
  if (!marking) throw new Error('no marks')
  await encodeAhead(marking, new AbortController().signal)
  expect(marking.list.map(({ shape }) => shape.kind === 'mask' && encodeRegion(shape.region, size))).toEqual([rle])
  await expect(encodeAhead(marking, AbortSignal.abort())).resolves.toBeUndefined()
})
