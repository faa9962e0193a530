import type { LabelFile } from '@vesalius/contracts'
import { expect, it } from 'vitest'
import { CLASSES, image, knownOf } from '../testing/sample.ts'
import { writeAll } from '../testing/write-all.ts'
import { readArchive } from './archive.ts'

const label: LabelFile = {
  type: 2000,
  data: { key: CLASSES, boxes: [{ id: 'q1', class: 1, box: [1, 1, 2, 2], score: 0.5 }] },
}
const dataset = { classes: CLASSES, images: [image('a.png', { label })] }

it('label files come back from the archive without loss, ids and scores included', () => {
  const { files } = writeAll('archive', dataset, 2000)
  const read = readArchive(files, { known: knownOf(dataset) })
  expect(read.problems).toEqual([])
  expect(read.dataset.images[0]).toMatchObject({ label, boxes: [{ class: 1, box: [1, 1, 2, 2], score: 0.5 }] })
})

it('a label file that is missing or damaged is named', () => {
  const { files } = writeAll('archive', dataset, 2000)
  const [manifest] = files
  expect(readArchive(manifest ? [manifest] : []).problems).toMatchObject([{ file: 'labels/a.png.label' }])
  const damaged = files.map((file) => (file === manifest ? file : { ...file, bytes: file.bytes.subarray(0, 20) }))
  expect(readArchive(damaged).problems).toMatchObject([{ reason: 'the file is not JSON' }])
})
