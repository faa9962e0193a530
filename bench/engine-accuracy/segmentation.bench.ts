import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { encodeRle, type ImageType } from '@vesalius/contracts'
import { familyOf, type ScoredItem, type SegmentationScore, scoreSegmenter } from '@vesalius/engine'
import sharp from 'sharp'
import { dataFolder } from '../lib/class-folders.ts'
import { keepResult } from '../lib/keep-result.ts'

/**
 * How well does a model outline vessels or cells after a few minutes on this machine?
 *   node bench/engine-accuracy/segmentation.bench.ts --data drive|nuclei --minutes 10 --seeds 1,2 [--score test|none]
 * Trains on the training part in this process, as the server's child does, and scores on the test part: drive inside the
 * field of view. A run that is killed goes on from its checkpoint; one that is in the results is not made again.
 * Recipes are chosen with `--score none` (the engine's own held-out images), never on `test`.
 */

interface BenchImage extends ScoredItem {
  name: string
}

interface BenchSet {
  taskType: ImageType
  classes: string[]
  /** What others reached. */
  published: Record<string, unknown>
  images(part: 'train' | 'test'): Promise<BenchImage[]>
}

const { values: args } = parseArgs({
  options: {
    data: { type: 'string', default: 'drive' },
    minutes: { type: 'string', default: '10' },
    seeds: { type: 'string', default: '1' },
    score: { type: 'string', default: 'test' },
  },
})
const work = join(tmpdir(), 'vesalius-segmentation-bench')

const SETS: Record<string, BenchSet> = {
  drive: {
    taskType: 3003,
    classes: ['vessel'],
    published: { 'W-Net': { dice: 0.828, auroc: 0.981 }, 'second human': { dice: 0.79 } },
    async images(part) {
      const folder = join(dataFolder, 'drive', part === 'train' ? 'training' : 'testing')
      return Promise.all(
        list(join(folder, 'images')).map(async (image) => {
          const name = image.replace('.tif', '')
          const vessels = await readGrey(join(folder, '1st_manual', `${name.slice(0, 2)}_manual1.gif`))
          const field = await readGrey(join(folder, 'mask', `${name}_mask.gif`))
          const rle = encodeRle(vessels.pixels, [vessels.height, vessels.width])
          const labelFile = writeLabel(name, 'vessel', vessels, [rle])
          return {
            name,
            file: join(folder, 'images', image),
            labelFile,
            field: Uint8Array.from(field.pixels, (value) => (value > 0 ? 1 : 0)),
          }
        }),
      )
    },
  },
  nuclei: {
    taskType: 3004,
    classes: ['nucleus'],
    published: { 'StarDist, fluorescence only': { ap50: 0.864 } },
    async images(part) {
      const folder = join(dataFolder, 'nuclei', part)
      const images: BenchImage[] = []
      for (const image of list(join(folder, 'images'))) {
        const labels = await readGrey(join(folder, 'instances', image))
        const { pixels, height, width } = labels
        const values = [...new Set(pixels)].filter((value) => value > 0)
        const rles = values.map((value) => encodeRle(pixels, [height, width], { value }))
        const name = image.replace('.png', '')
        const labelFile = writeLabel(name, 'nucleus', labels, rles)
        images.push({ name, file: join(folder, 'images', image), labelFile })
      }
      return images
    },
  },
}

const set = SETS[args.data]
if (!set) throw new Error(`unknown data "${args.data}"; there are: ${Object.keys(SETS).join(', ')}`)
if (!existsSync(join(dataFolder, args.data))) {
  console.log(`skipped: no ${args.data} in ${dataFolder}; set VESALIUS_BENCH_DATA to the folder that holds it`)
  process.exit(0)
}

interface BenchRun {
  minutes: number
  seed: number
  epochs: number
  seconds: number
  cpuSeconds: number
  heldOut: unknown
  test: SegmentationScore | null
}

const resultName = `segmentation-${args.data}`
const runs = readRuns()
const minutes = Number(args.minutes)
mkdirSync(join(work, args.data), { recursive: true })
const training = await set.images('train')
const test = args.score === 'test' ? await set.images('test') : null
for (const seed of args.seeds.split(',').map(Number)) {
  if (runs.some((run) => run.minutes === minutes && run.seed === seed)) continue
  const run = await trainAndScore(set, seed)
  console.log(JSON.stringify(run))
  if (!test) continue
  runs.push(run)
  const machine = `${cpus().length} × ${cpus()[0]?.model}`
  const data = { training: training.length, test: test.length }
  keepResult(resultName, { machine, data, published: set.published, runs })
}

async function trainAndScore({ taskType, classes }: BenchSet, seed: number): Promise<BenchRun> {
  const directory = join(work, `${args.data}-${minutes}-${seed}`)
  mkdirSync(directory, { recursive: true })
  const before = process.cpuUsage()
  const { epochs, seconds, metrics, modelFile, skipped } = await familyOf(taskType).train(
    {
      taskType,
      classes,
      items: training.map(({ name, file, labelFile }) => ({ imageId: name, file, labelFile, group: name })),
      backbone: 'compact',
      imageSize: null,
      seed,
      budgetMinutes: minutes,
      warmStartModel: null,
      directory,
    },
    (update) => {
      if (update.kind === 'epoch') console.error(JSON.stringify(update.point))
    },
  )
  if (skipped.length > 0) throw new Error(`left out: ${JSON.stringify(skipped)}`)
  const { user, system } = process.cpuUsage(before)
  const cpuSeconds = (user + system) / 1e6
  return {
    ...{ minutes, seed, epochs, seconds, cpuSeconds },
    heldOut: metrics,
    test: test && (await scoreSegmenter(modelFile, test)),
  }
}

function readRuns(): BenchRun[] {
  const file = fileURLToPath(new URL(`../results/${resultName}.json`, import.meta.url))
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { runs: BenchRun[] }).runs : []
}

function list(folder: string): string[] {
  return readdirSync(folder).sort()
}

async function readGrey(file: string) {
  const picture = sharp(file).toColourspace(file.endsWith('.png') ? 'grey16' : 'b-w')
  const { data, info } = await picture.raw({ depth: 'ushort' }).toBuffer({ resolveWithObject: true })
  const samples = new Uint16Array(data.buffer, data.byteOffset, data.byteLength / 2)
  const pixels = Uint16Array.from({ length: info.width * info.height }, (_, at) => samples[at * info.channels] ?? 0)
  return { pixels, width: info.width, height: info.height }
}

function writeLabel(name: string, key: string, size: { width: number; height: number }, rles: string[]): string {
  const file = join(work, args.data, `${name}.json`)
  const masks = rles.map((rle, index) => ({ id: `m${index}`, class: 0, rle }))
  writeFileSync(file, JSON.stringify({ key: [key], size: [size.height, size.width], masks }))
  return file
}
