import { readFileSync } from 'node:fs'
import { FORMAT_FAMILIES, FormatName, type ImageType, type TaskFamily } from '@vesalius/contracts'
import { expect, it } from 'vitest'
import { recogniseFormat } from './recognise.ts'
import type { Dataset } from './shape/dataset.ts'
import { ANSWERS, BOXES, MASKS } from './testing/sample.ts'
import { writeAll } from './testing/write-all.ts'
import { textFile } from './text/text.ts'

const SAMPLES: [TaskFamily, Dataset, ImageType][] = [
  ['classification', ANSWERS, 1003],
  ['detection', BOXES, 2000],
  ['segmentation', MASKS, 3001],
]
/** What is read alike is one to the reader. */
const READ_AS: Partial<Record<FormatName, FormatName>> = {
  'coco-counts': 'coco',
  'coco-polygons': 'coco',
  'png-palette': 'png-semantic',
  'yolo-classify': 'image-folder',
}
/** These need to know where pictures lie in the world, or their label files. */
const NEED_MORE: FormatName[] = ['archive', 'nifti', 'dicom-seg', 'dicom-sr']
const CASES = SAMPLES.flatMap(([family, dataset, type]) =>
  FormatName.options
    .filter((name) => FORMAT_FAMILIES[name].includes(family) && !NEED_MORE.includes(name))
    .map((name) => [name, family, dataset, type] as const),
)

it.each(CASES)('%s of %s is recognised among its pictures', (name, family, dataset, type) => {
  const { files, imagePaths } = writeAll(name, dataset, type)
  const pictures = imagePaths.map((path) => ({ path, bytes: new Uint8Array(0) }))
  expect(recogniseFormat([...pictures, ...files], family)).toBe(READ_AS[name] ?? name)
})

it.each([
  ['manifest.json', '{"format":"vesalius-archive","version":1}', 'archive'],
  ['liver.nii.gz', '', 'nifti'],
  ['labels/a.txt', '0 0.5 0.5 0.25 0.25\n', 'yolo'],
  ['a.json', '{"type": "FeatureCollection", "features": []}', 'geojson'],
])('%s tells', (path, text, expected) => {
  expect(recogniseFormat([textFile(path, text)], 'segmentation')).toBe(expected)
})

it.each([
  ['highdicom-binary.dcm', 'dicom-seg'],
  ['highdicom-labelmap.dcm', 'dicom-seg'],
  ['highdicom-report.dcm', 'dicom-sr'],
])('%s of another program is known by its SOP class', (name, expected) => {
  const bytes = readFileSync(new URL(`../goldens/${name}`, import.meta.url))
  expect(recogniseFormat([{ path: name, bytes }], 'segmentation')).toBe(expected)
})

it.each([
  ['notes.txt', 'Dear reader', 'detection'],
  ['a.xml', '<html></html>', 'detection'],
  ['a.json', '{"settings": {}}', 'segmentation'],
  ['table.csv', 'image,class', 'detection'],
  ['scan.dcm', 'no DICOM at all', 'segmentation'],
] as const)('%s says nothing that is known of its kind', (path, text, family) => {
  expect(recogniseFormat([textFile(path, text)], family)).toBe(null)
})
