import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openPredictor } from '@vesalius/engine'
import { dataFolder } from '../lib/class-folders.ts'
import { keepResult } from '../lib/keep-result.ts'
import { median } from '../lib/statistics.ts'

/**
 * What do whole numbers of 8 bits cost and save? Trains nuclei and rbc12 for a while by the command line, writes each model
 * on whole numbers, measures both on the test part, and times both in turns on the same pictures.
 *   npm run bench -- int8 [nuclei] [rbc12] [--core-minutes 4] [--model FILE] [--turns 5] [--keep]
 * --model takes a model that is there already, for one set.
 */

const { values: args, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    'core-minutes': { type: 'string', default: '4' },
    model: { type: 'string' },
    turns: { type: 'string', default: '5' },
    keep: { type: 'boolean', default: false },
  },
})
const TIMED = 8
const SETS: Record<string, { task: string; images: (part: string) => string; marks: (part: string) => string[] }> = {
  nuclei: {
    task: 'cell',
    images: (part) => join(dataFolder, 'nuclei', part, 'images'),
    marks: (part) => ['--masks', join(dataFolder, 'nuclei', part, 'instances')],
  },
  rbc12: { task: 'multi-class', images: (part) => join(dataFolder, 'rbc12', part), marks: () => [] },
}
const names = positionals.length > 0 ? positionals : Object.keys(SETS)
const work = mkdtempSync(join(tmpdir(), 'bench-int8-'))
const rows: object[] = []
try {
  for (const name of names) {
    const row = await compare(name)
    console.error(JSON.stringify(row))
    rows.push(row)
  }
  console.table(rows)
  if (args.keep) keepResult('int8', { machine: `${cpus().length} × ${cpus()[0]?.model}`, rows })
} finally {
  rmSync(work, { recursive: true })
}

async function compare(name: string) {
  const set = SETS[name]
  if (!set) throw new Error(`unknown set "${name}": ${Object.keys(SETS).join(', ')}`)
  const model = args.model ?? join(work, `${name}.onnx`)
  const learn = ['--task', set.task, '--images', set.images('train'), ...set.marks('train')]
  if (!args.model) vesalius('train', ...learn, '--core-minutes', args['core-minutes'], '--out', model)
  const folder = join(work, name)
  vesalius('export', '--model', model, '--out', folder, '--int8', '--images', firstFolder(set.images('train')))
  const small = join(folder, 'model.onnx')
  const worth = (file: string) =>
    pick(vesalius('evaluate', '--model', file, '--images', set.images('test'), ...set.marks('test')))
  const times = await timeInTurns([model, small], firstFolder(set.images('test')))
  return {
    set: name,
    ...{ kB: Math.round(statSync(model).size / 1000), int8kB: Math.round(statSync(small).size / 1000) },
    ...{ worth: worth(model), int8Worth: worth(small) },
    ...{ ms: times[0], int8Ms: times[1], faster: Number(((times[0] ?? 0) / (times[1] ?? 1)).toFixed(2)) },
  }
}

function vesalius(...call: string[]): string {
  const program = new URL('../../server/bin/vesalius.ts', import.meta.url)
  return execFileSync(process.execPath, [program.pathname, ...call, '--json'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
}

/** The figure by which a task is judged. */
function pick(json: string): string {
  const metrics = JSON.parse(json) as Record<string, number>
  return ['accuracy', 'dice', 'ap50']
    .filter((name) => typeof metrics[name] === 'number')
    .map((name) => `${name} ${metrics[name]?.toFixed(3)}`)
    .join(', ')
}

/** Pictures lie in the folder itself, or in one for each class. */
function firstFolder(folder: string): string {
  const [first] = readdirSync(folder, { withFileTypes: true })
  return first?.isDirectory() ? join(folder, first.name) : folder
}

/** Milliseconds for a picture, the median of all turns, by model. */
async function timeInTurns(models: string[], folder: string): Promise<number[]> {
  const files = readdirSync(folder)
    .slice(0, TIMED)
    .map((name) => join(folder, name))
  const predictor = openPredictor({ threads: 1 })
  const times: number[][] = models.map(() => [])
  try {
    for (const model of models) await predictor.predict(model, files)
    for (let turn = 0; turn < Number(args.turns); turn += 1) {
      for (const [at, model] of models.entries()) {
        const start = performance.now()
        await predictor.predict(model, files)
        times[at]?.push((performance.now() - start) / files.length)
      }
    }
  } finally {
    await predictor.close()
  }
  return times.map((all) => Math.round(median(all) * 10) / 10)
}
