/**
 * How much memory do a training and an answer take on pictures of 10,000 × 10,000 pixels? Draws some with discs in rows,
 * boxes and masks beside them, trains for a moment and asks the model, each in a process of its own whose highest memory is
 * read at its end. `npm run bench -- large [boxes] [cells] [regions] [--side 10000] [--core-minutes 1]`
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { encodeRle, type ImageType } from '@vesalius/contracts'
import { familyOf, openModelFile, type TrainingItem } from '@vesalius/engine'
import sharp from 'sharp'
import { keepResult } from '../lib/keep-result.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    side: { type: 'string', default: '10000' },
    'core-minutes': { type: 'string', default: '1' },
    phase: { type: 'string' },
    folder: { type: 'string' },
  },
})
const SETS: Record<string, { taskType: ImageType; classes: string[] }> = {
  boxes: { taskType: 2001, classes: ['lesion'] },
  cells: { taskType: 3004, classes: ['cell'] },
  regions: { taskType: 3001, classes: ['lesion'] },
}
/** Of discs in their squares, and how many rows of them are marked: enough for a picture full of work. */
const STEP = 50
const RADIUS = 13
const PICTURES = 4
const side = Number(values.side)

if (values.phase && values.folder) await work(values.phase, positionals[0] ?? 'boxes', values.folder)
else await measureAll()

async function measureAll(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'vesalius-large-'))
  const results: Record<string, unknown> = {}
  try {
    await drawPicture(join(folder, 'picture.png'))
    for (const name of positionals.length > 0 ? positionals : Object.keys(SETS)) {
      writeLabels(name, folder)
      results[name] = { training: await measure('train', name, folder), answer: await measure('ask', name, folder) }
      console.log(name, JSON.stringify(results[name]))
    }
    const machine = `${cpus().length} × ${cpus()[0]?.model}`
    keepResult('large', { machine, side, pictures: PICTURES, results })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Runs one phase in a process of its own; answers what it says last. */
function measure(phase: string, name: string, folder: string): Promise<unknown> {
  const args = [import.meta.filename, name, '--phase', phase, '--folder', folder, '--side', String(side)]
  const child = spawn(process.execPath, [...args, '--core-minutes', values['core-minutes']], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  child.stdout.on('data', (text) => {
    said += text
  })
  return new Promise((resolve, reject) => {
    child.on('exit', (code) =>
      code === 0 ? resolve(JSON.parse(said)) : reject(new Error(`${phase} ended with ${code}`)),
    )
  })
}

async function work(phase: string, name: string, folder: string): Promise<void> {
  const set = SETS[name]
  if (!set) throw new Error(`unknown "${name}": ${Object.keys(SETS).join(', ')}`)
  const model = join(folder, `${name}.onnx`)
  const started = performance.now()
  const done = phase === 'train' ? await train(set, name, folder, model) : await ask(model, join(folder, 'picture.png'))
  const { user, system } = process.cpuUsage()
  const cpuSeconds = Math.round((user + system) / 1e6)
  const wallSeconds = Math.round((performance.now() - started) / 1000)
  console.log(
    JSON.stringify({ ...done, peakMb: Math.round(process.resourceUsage().maxRSS / 1024), cpuSeconds, wallSeconds }),
  )
}

async function train(set: (typeof SETS)[string], name: string, folder: string, model: string) {
  const directory = join(folder, `${name}-run`)
  mkdirSync(directory, { recursive: true })
  const items: TrainingItem[] = Array.from({ length: PICTURES }, (_, at) => ({
    ...{ imageId: String(at), group: String(at) },
    ...{ file: join(folder, 'picture.png'), labelFile: join(folder, `${name}.json`) },
  }))
  const { modelFile, epochs } = await familyOf(set.taskType).train({
    ...{ ...set, items, directory, backbone: 'compact', imageSize: null, seed: 1, warmStartModel: null },
    ...{ clock: 'processor', budgetMinutes: Number(values['core-minutes']) / availableParallelism() },
  })
  writeFileSync(model, readFileSync(modelFile))
  return { epochs }
}

async function ask(model: string, picture: string) {
  if (!existsSync(model)) throw new Error('there is no model to ask')
  const opened = await openModelFile(model, { threads: availableParallelism() })
  const [answer] = await opened.predict([picture], performance.now())
  await opened.dispose()
  if (!answer || 'error' in answer) throw new Error(answer?.error ?? 'no answer')
  return { found: 'boxes' in answer ? answer.boxes.length : 'masks' in answer ? answer.masks.length : 0 }
}

/** A square of the pattern, repeated. */
async function drawPicture(file: string): Promise<void> {
  const tile = Uint8Array.from({ length: STEP * STEP }, (_, at) => {
    const distance = Math.hypot((at % STEP) + 0.5 - STEP / 2, Math.floor(at / STEP) + 0.5 - STEP / 2)
    return distance < RADIUS ? 200 : 60 + ((at * 7919) % 23)
  })
  const input = await sharp(tile, { raw: { width: STEP, height: STEP, channels: 1 } })
    .png()
    .toBuffer()
  await sharp({ create: { width: side, height: side, channels: 3, background: '#000' }, limitInputPixels: false })
    .composite([{ input, tile: true }])
    .png({ compressionLevel: 1 })
    .toFile(file)
}

function writeLabels(name: string, folder: string): void {
  const squares = Math.floor(side / STEP)
  const middles = Array.from({ length: squares * squares }, (_, at) => ({
    x: (at % squares) * STEP + STEP / 2,
    y: Math.floor(at / squares) * STEP + STEP / 2,
  }))
  const data = name === 'boxes' ? { key: ['lesion'], boxes: middles.map(drawBox) } : drawMasks(name, middles)
  writeFileSync(join(folder, `${name}.json`), JSON.stringify(data))
}

function drawBox({ x, y }: { x: number; y: number }, at: number) {
  return { id: String(at), box: [x - RADIUS, y - RADIUS, 2 * RADIUS, 2 * RADIUS], class: 0 }
}

function drawMasks(name: string, middles: { x: number; y: number }[]) {
  const [key] = SETS[name]?.classes ?? []
  const painted = new Int32Array(side * side)
  middles.forEach(({ x, y }, index) => {
    for (let row = -RADIUS; row < RADIUS; row += 1) {
      for (let column = -RADIUS; column < RADIUS; column += 1) {
        if (Math.hypot(row + 0.5, column + 0.5) < RADIUS) {
          painted[(y + row) * side + x + column] = name === 'cells' ? index + 1 : 1
        }
      }
    }
  })
  const size: [number, number] = [side, side]
  const box = (x: number, y: number) => ({ left: x - RADIUS, top: y - RADIUS, right: x + RADIUS, bottom: y + RADIUS })
  const masks =
    name === 'cells'
      ? middles.map(({ x, y }, at) => ({
          ...{ id: String(at), class: 0 },
          rle: encodeRle(painted, size, { value: at + 1, box: box(x, y) }),
        }))
      : [{ id: 'all', class: 0, rle: encodeRle(painted, size, { value: 1 }) }]
  return { key: [key], size, masks }
}
