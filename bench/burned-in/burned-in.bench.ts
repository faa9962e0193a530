/**
 * Does the warning of text in the pixels come where text is, and nowhere else? Looks at real pictures as they are, and
 * again with a line of text written into each: by size, tone and place, as JPEG of quality 85.
 * `npm run bench -- burned-in [--each 60] [--show] [--keep]`
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { DEFAULT_LIMITS, findText, type GreyPicture, PictureError, renderFrame } from '@vesalius/imaging'
import { decodePicture } from '@vesalius/imaging/node'
import sharp, { type Sharp } from 'sharp'
import { keepResult } from '../lib/keep-result.ts'

const { values } = parseArgs({
  options: {
    each: { type: 'string', default: '60' },
    show: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
  },
})
const data = process.env.VESALIUS_BENCH_DATA ?? fileURLToPath(new URL('../../../shared/data', import.meta.url))
const SETS: Record<string, string[]> = {
  bccd: ['bccd/images'],
  nuclei: ['nuclei/train/images', 'nuclei/test/images'],
  drive: ['drive/training/images', 'drive/testing/images'],
  rbc12: ['rbc12/test'],
  pneumoniamnist: ['pneumoniamnist/test'],
  'dicom (wg04)': ['dicom/wg04'],
  'dicom (pydicom)': ['dicom/pydicom'],
}
const SIZES = [8, 10, 14, 20, 32]
const TONES = { white: '#fff', black: '#000', grey: '#b0b0b0' }
const TEXTS = [
  'DOE^JANE 1961-04-12',
  'MUSTER ANNA F 063Y',
  'ID: 4711-0815',
  'Hospital St. Mary',
  '患者姓名 李小明',
  'DOE JANE',
]
const FONTS = ['DejaVu Sans', 'DejaVu Sans Mono', 'DejaVu Serif']

interface Rate {
  found: number
  of: number
}
type Rates = Record<string, Rate>

let seed = 1
const results: Record<string, { clean: Rate; written: Rates; milliseconds: number }> = {}
for (const [name, folders] of Object.entries(SETS)) results[name] = await look(name, filesOf(folders))
print()
if (values.keep) keepResult('burned-in', { each: Number(values.each), results })

async function look(name: string, files: string[]) {
  const clean = { found: 0, of: 0 }
  const written: Rates = {}
  let milliseconds = 0
  for (const file of files) {
    const picture = await openGrey(file)
    if (!picture) continue
    const start = performance.now()
    const lines = findText(picture)
    milliseconds += performance.now() - start
    clean.of += 1
    if (lines.length > 0) clean.found += 1
    if (lines.length > 0 && values.show) console.log(name, file.slice(data.length), JSON.stringify(lines.slice(0, 4)))
    if (lines.length > 0) continue
    for (const size of SIZES) {
      for (const [tone, colour] of Object.entries(TONES)) {
        const spoilt = await writeText(picture, size, colour)
        if (!spoilt) continue
        const rate = written[`${size} ${tone}`] ?? { found: 0, of: 0 }
        written[`${size} ${tone}`] = rate
        rate.of += 1
        if (findText(spoilt).length > 0) rate.found += 1
      }
    }
  }
  return { clean, written, milliseconds: Math.round((10 * milliseconds) / Math.max(1, clean.of)) / 10 }
}

function filesOf(folders: string[]): string[] {
  const all = folders
    .map((folder) => join(data, folder))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !/_(RLE|JPLL|JPLY|JLSL|JLSN|J2KR|J2KI)\.dcm$/.test(file))
    .sort()
  const step = Math.max(1, all.length / Number(values.each))
  return Array.from(
    { length: Math.min(all.length, Number(values.each)) },
    (_, at) => all[Math.floor(at * step)] as string,
  )
}

async function openGrey(file: string): Promise<GreyPicture | null> {
  try {
    return await rawOf(file.includes('/dicom/') ? await openDicom(file) : sharp(file))
  } catch (error) {
    if (error instanceof PictureError || /unsupported|not supported/.test(String(error))) return null
    throw error
  }
}

async function openDicom(file: string): Promise<Sharp> {
  const frames = await decodePicture(readFileSync(file), DEFAULT_LIMITS)
  const shown = renderFrame(frames, 0)
  return sharp(shown.data, { raw: { width: frames.width, height: frames.height, channels: shown.channels } })
}

async function rawOf(picture: Sharp): Promise<GreyPicture> {
  const { data: grey, info } = await picture
    .flatten({ background: '#000' })
    .toColourspace('b-w')
    .extractChannel(0)
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, data: grey }
}

/** A line near the upper or the lower edge; null where none of the texts fits. */
async function writeText(picture: GreyPicture, size: number, colour: string): Promise<GreyPicture | null> {
  const { width, height } = picture
  const fitting = TEXTS.filter((text) => text.length * size * 0.66 < width - 8 && size * 2 < height)
  const text = pick(fitting)
  if (!text) return null
  const x = 4 + Math.floor(random() * Math.max(1, width - 8 - text.length * size * 0.66))
  const y = random() < 0.5 ? size + 3 : height - Math.ceil(size / 3) - 2
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><text x="${x}" y="${y}"
    font-size="${size}" font-family="${pick(FONTS)}" fill="${colour}">${text}</text></svg>`
  const grey = sharp(picture.data as Uint8Array, { raw: { width, height, channels: 1 } })
  const drawn = grey.composite([{ input: Buffer.from(svg) }])
  if (!isReadable(picture, await rawOf(drawn))) return null
  return rawOf(sharp(await drawn.jpeg({ quality: 85 }).toBuffer()))
}

/** White text on white helps nobody: the pixels it changes have to change by a quarter of the range. */
function isReadable(before: GreyPicture, after: GreyPicture): boolean {
  const changes = Array.from(before.data, (value, at) => Math.abs(value - (after.data[at] ?? 0))).filter((by) => by > 8)
  changes.sort((a, b) => a - b)
  return (changes[Math.floor(changes.length * 0.75)] ?? 0) >= 64
}

function random(): number {
  seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
  return seed / 2 ** 31
}

function pick<Item>(items: readonly Item[]): Item | undefined {
  return items[Math.floor(random() * items.length)]
}

function print(): void {
  const columns = SIZES.flatMap((size) => Object.keys(TONES).map((tone) => `${size} ${tone}`))
  console.log(`| set | as it is | ${columns.join(' | ')} | ms |`)
  for (const [name, { clean, written, milliseconds }] of Object.entries(results)) {
    const cells = columns.map((column) => (written[column] ? share(written[column]) : '-'))
    console.log(`| ${name} | ${clean.found}/${clean.of} | ${cells.join(' | ')} | ${milliseconds} |`)
  }
}

function share({ found, of }: Rate): string {
  return `${Math.round((100 * found) / of)} %`
}
