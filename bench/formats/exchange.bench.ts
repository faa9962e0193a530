import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { decodeRle, encodeRle, type FormatName, type ImageType } from '@vesalius/contracts'
import { type DatasetImage, type DatasetSource, FORMATS, writeDataset, writePng } from '@vesalius/formats'
import type { PictureGeometry } from '@vesalius/imaging'
import { keepResult } from '../lib/keep-result.ts'

/**
 * Do other programs take the files we write? `VESALIUS_BENCH_PYTHON`: one or more Pythons, separated as in PATH; each
 * checks what its packages can (pycocotools, nibabel, highdicom, pydicom, dcmqi, label-studio-sdk, datumaro).
 * `VESALIUS_BENCH_DCMTK`: a folder with dsrdump and dcmdump.
 */
const HERE = dirname(fileURLToPath(import.meta.url))
const [HEIGHT, WIDTH] = [48, 64]
const SIZE = [HEIGHT, WIDTH] as const
const CLASSES = ['red cell', 'white cell']
const pythons = (process.env.VESALIUS_BENCH_PYTHON ?? '').split(delimiter).filter((path) => path !== '')

interface Check {
  format: string
  program: string
  result: string
}

const disc = (x: number, y: number, radius: number, hole = 0) => {
  const pixels = Array.from({ length: WIDTH * HEIGHT }, (_, at) => {
    const distance = Math.hypot((at % WIDTH) - x, Math.floor(at / WIDTH) - y)
    return Number(distance < radius && distance >= hole)
  })
  return encodeRle(pixels, SIZE)
}

function geometry(index: number): PictureGeometry {
  const place = { position: [-80, 12.5, 30 + 3 * index], row: [1, 0, 0], column: [0, 1, 0] } as const
  const uids = { studyInstanceUid: '1.2.3.1', seriesInstanceUid: '1.2.3.2', frameOfReferenceUid: '1.2.3.3' }
  const dicom = { sopClassUid: '1.2.840.10008.5.1.4.1.1.2', sopInstanceUid: `1.2.3.${10 + index}`, ...uids, shared: [] }
  return { spacingMm: { row: 0.75, column: 0.5 }, thicknessMm: 3, places: [place], dicom }
}

const plain = { width: WIDTH, height: HEIGHT, answer: null, boxes: [], masks: [], tags: [] }
const masks: DatasetImage[] = [0, 1].map((index) => ({
  ...plain,
  name: `${index === 0 ? 'a' : 'b'}.dcm`,
  frames: 1,
  geometry: geometry(index),
  masks: [
    { class: 0, rle: disc(20, 20 + index, 12, index === 0 ? 0 : 5) },
    { class: 1, rle: disc(48, 30, 7) },
  ],
}))
const boxes: DatasetImage[] = masks.map((image) => ({
  ...image,
  masks: [],
  boxes: [
    { class: 0, box: [8, 8.5, 24, 20.25] },
    { class: 1, box: [41, 23, 14, 14] },
  ],
}))

function write(folder: string, format: FormatName, images: DatasetImage[], imageType: ImageType): void {
  const source: DatasetSource = { classes: CLASSES, images: () => images }
  const { files, problems } = writeDataset(format, source, imageType)
  const put = (path: string, bytes: Uint8Array) => {
    const target = join(folder, `${format}-${imageType}`, path)
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, bytes)
  }
  for (const { path, bytes } of files) put(path, bytes instanceof Uint8Array ? bytes : Buffer.concat([...bytes]))
  // Some programs read annotations only beside their pictures.
  const picture = writePng(new Uint8Array(WIDTH * HEIGHT), { width: WIDTH, height: HEIGHT }, 8)
  for (const image of images) if (image.name.endsWith('.png')) put(FORMATS[format].imagePath(image, CLASSES), picture)
  for (const { reason, image } of problems.list()) console.log(`${format}: ${image ?? ''} ${reason}`)
}

function writeScene(folder: string): void {
  for (const format of [
    'coco',
    'coco-counts',
    'coco-polygons',
    'label-studio',
    'nifti',
    'dicom-seg',
    'dicom-sr',
  ] as const) {
    write(folder, format, masks, 3001)
  }
  const pictures = boxes.map((image) => ({ ...image, name: image.name.replace('.dcm', '.png') }))
  for (const format of ['coco', 'yolo', 'voc', 'cvat'] as const) write(folder, format, pictures, 2001)
  write(folder, 'dicom-sr', boxes, 2001)
  const scene = {
    classes: CLASSES,
    boxes: boxes[0]?.boxes.map(({ box }) => box),
    masks: masks.map((image) =>
      image.masks.map(({ rle }) => {
        const flat = decodeRle(rle, SIZE)
        return Array.from({ length: HEIGHT }, (_, row) => [...flat.subarray(row * WIDTH, (row + 1) * WIDTH)])
      }),
    ),
  }
  writeFileSync(join(folder, 'scene.json'), JSON.stringify(scene))
}

function askPython(python: string, folder: string): Check[] {
  const environment = { ...process.env, PYTHONDONTWRITEBYTECODE: '1' }
  const answer = execFileSync(python, [join(HERE, 'accept.py'), folder], { encoding: 'utf8', env: environment })
  return JSON.parse(answer.trim().split('\n').at(-1) ?? '[]') as Check[]
}

function askDcmtk(folder: string): Check[] {
  const bin = process.env.VESALIUS_BENCH_DCMTK
  if (!bin) return []
  const run = (program: string, file: string): string => {
    try {
      const text = execFileSync(join(bin, program), [file], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
      return text.length > 0 ? 'equal' : 'said nothing'
    } catch (error) {
      return `refused: ${error instanceof Error ? error.message.split('\n')[1] : ''}`
    }
  }
  return [
    { format: 'dicom-sr', program: 'dsrdump', result: run('dsrdump', join(folder, 'dicom-sr-2001/reports/a.dcm')) },
    {
      format: 'dicom-seg',
      program: 'dcmdump',
      result: run('dcmdump', join(folder, 'dicom-seg-3001/segmentations/0001-a.dcm')),
    },
  ]
}

if (pythons.length === 0 || !pythons.every(existsSync)) {
  console.log('set VESALIUS_BENCH_PYTHON to a Python that has the packages to ask')
  process.exit(0)
}
const folder = mkdtempSync(join(tmpdir(), 'exchange-'))
try {
  writeScene(folder)
  const checks = [...pythons.flatMap((python) => askPython(python, folder)), ...askDcmtk(folder)]
  console.table(checks)
  const refused = checks.filter(({ result }) => result !== 'equal')
  console.log(`${checks.length - refused.length} of ${checks.length} read as they were written`)
  keepResult('exchange', { checks })
  if (refused.length > 0) process.exitCode = 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
