import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type DetectionLabelData, decodeRle, type SegmentationLabelData } from '@vesalius/contracts'
import { describePicture } from '@vesalius/engine'
import sharp from 'sharp'
import { dataFolder, readClassFolders } from '../lib/class-folders.ts'
import { bccd } from '../lib/sets/bccd.ts'
import { requireSet } from '../lib/sets/marked-set.ts'
import { nuclei } from '../lib/sets/masks.ts'

/** An image as a small learner sees it: rows of frozen features, each with its class; a classification has one row. */
export interface PoolImage {
  rows: Float32Array[]
  classes: number[]
  /** What the whole looks like, for diversity. */
  description: Float32Array
}

export interface Pool {
  name: string
  classCount: number
  train: PoolImage[]
  test: PoolImage[]
  /** Images annotated at first, and with each round. */
  start: number
  step: number
  rounds: number
}

/** Places looked at in an image with marks. */
const PLACES = 192
const MOST_IMAGES = 400
const SIDE = { width: 320, height: 240 }

export async function readPool(name: string, folder: string): Promise<Pool> {
  requireSet(name)
  if (name === 'rbc12') return readClasses()
  return name === 'bccd' ? readMarked('bccd', 4, folder) : readMarked('nuclei', 2, folder)
}

async function readClasses(): Promise<Pool> {
  const root = join(dataFolder, 'rbc12')
  const train = readClassFolders(join(root, 'train'))
  const test = readClassFolders(join(root, 'test'), train.classes)
  const read = async (files: typeof train.files) => {
    const images: PoolImage[] = []
    for (const { file, value } of files) {
      const description = await describePicture(file)
      images.push({ rows: [description], classes: [value], description })
    }
    return images
  }
  const sizes = { start: 24, step: 24, rounds: 14 }
  return {
    name: 'rbc12',
    classCount: train.classes.length,
    train: await read(train.files),
    test: await read(test.files),
    ...sizes,
  }
}

async function readMarked(name: 'bccd' | 'nuclei', classCount: number, folder: string): Promise<Pool> {
  const set = name === 'bccd' ? bccd : nuclei
  const read = async (part: 'train' | 'test') => {
    const images: PoolImage[] = []
    for (const { file, labelFile } of (await set.images(part, folder)).slice(0, MOST_IMAGES)) {
      images.push(await readPlaces(file, labelFile))
    }
    return images
  }
  return { name, classCount, train: await read('train'), test: await read('test'), start: 3, step: 3, rounds: 14 }
}

/** Looks at places on a regular grid: colour and texture around each at three scales, and what a person marked there. */
async function readPlaces(file: string, labelFile: string): Promise<PoolImage> {
  const { width, height } = SIDE
  const { data } = await sharp(file)
    .flatten()
    .toColourspace('srgb')
    .resize(width, height, { fit: 'fill' })
    .raw()
    .toBuffer({ resolveWithObject: true })
  const header = await sharp(file).metadata()
  const channels = data.length / (width * height)
  const sums = integrate(data, channels)
  const classAt = readMarks(labelFile, header.width, header.height)
  const [columns, lines] = [16, PLACES / 16]
  const rows: Float32Array[] = []
  const classes: number[] = []
  for (let place = 0; place < PLACES; place += 1) {
    const x = Math.round(((place % columns) + 0.5) * (width / columns))
    const y = Math.round((Math.floor(place / columns) + 0.5) * (height / lines))
    rows.push(lookAt(sums, x, y))
    classes.push(classAt((x / width) * header.width, (y / height) * header.height))
  }
  return { rows, classes, description: await describePicture(file) }
}

interface Sums {
  /** [channel] running sums of values and of squares, (width + 1) × (height + 1). */
  values: Float64Array[]
  squares: Float64Array[]
}

function integrate(data: Uint8Array, channels: number): Sums {
  const { width, height } = SIDE
  const stride = width + 1
  const make = () => Array.from({ length: 3 }, () => new Float64Array(stride * (height + 1)))
  const sums = { values: make(), squares: make() }
  for (let channel = 0; channel < 3; channel += 1) {
    const [values, squares] = [sums.values[channel]!, sums.squares[channel]!]
    for (let y = 0; y < height; y += 1) {
      let [line, lineOfSquares] = [0, 0]
      for (let x = 0; x < width; x += 1) {
        const value = data[(y * width + x) * channels + Math.min(channel, channels - 1)]! / 255
        line += value
        lineOfSquares += value * value
        values[(y + 1) * stride + x + 1] = values[y * stride + x + 1]! + line
        squares[(y + 1) * stride + x + 1] = squares[y * stride + x + 1]! + lineOfSquares
      }
    }
  }
  return sums
}

const SCALES = [3, 9, 24]

/** Mean and spread of each colour in squares around a place, and the means of the eight squares around the middle one. */
function lookAt(sums: Sums, x: number, y: number): Float32Array {
  const seen: number[] = []
  for (const scale of SCALES) {
    for (let channel = 0; channel < 3; channel += 1) {
      const [mean, spread] = measure(sums, channel, x, y, scale)
      seen.push(mean, 4 * spread)
    }
  }
  for (const [dx, dy] of AROUND) {
    for (let channel = 0; channel < 3; channel += 1) {
      seen.push(measure(sums, channel, x + dx * 10, y + dy * 10, 5)[0] - measure(sums, channel, x, y, 5)[0])
    }
  }
  return Float32Array.from(seen)
}

const AROUND = [-1, 0, 1].flatMap((dy) => [-1, 0, 1].map((dx) => [dx, dy] as const)).filter(([dx, dy]) => dx || dy)

function measure(sums: Sums, channel: number, x: number, y: number, scale: number): [mean: number, spread: number] {
  const { width, height } = SIDE
  const [left, right] = [Math.max(0, x - scale), Math.min(width, x + scale + 1)]
  const [top, bottom] = [Math.max(0, y - scale), Math.min(height, y + scale + 1)]
  const area = Math.max(1, (right - left) * (bottom - top))
  const over = (table: Float64Array) => {
    const stride = width + 1
    const at = (row: number, column: number) => table[row * stride + column] ?? 0
    return at(bottom, right) - at(top, right) - at(bottom, left) + at(top, left)
  }
  const mean = over(sums.values[channel]!) / area
  return [mean, Math.sqrt(Math.max(0, over(sums.squares[channel]!) / area - mean * mean))]
}

/** Class at a place of the original: 0 is nothing; of boxes the smallest that holds it. */
function readMarks(labelFile: string, width: number, height: number): (x: number, y: number) => number {
  const label = JSON.parse(readFileSync(labelFile, 'utf8')) as DetectionLabelData | SegmentationLabelData
  if ('boxes' in label) {
    const boxes = label.boxes.toSorted((a, b) => a.box[2] * a.box[3] - b.box[2] * b.box[3])
    return (x, y) => {
      const found = boxes.find(({ box: [l, t, w, h] }) => x >= l && x < l + w && y >= t && y < t + h)
      return found ? found.class + 1 : 0
    }
  }
  const grid = new Uint8Array(width * height)
  for (const { rle } of label.masks) {
    decodeRle(rle, [height, width]).forEach((value, at) => {
      if (value) grid[at] = 1
    })
  }
  return (x, y) => grid[Math.min(height - 1, Math.floor(y)) * width + Math.min(width - 1, Math.floor(x))] ?? 0
}
