import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { keepResult } from '../lib/keep-result.ts'
import { median, spread } from '../lib/statistics.ts'
import type { Case } from './networks.ts'
import { openStepper, type Stepper } from './stepper.ts'
import { writeStart } from './write-start.ts'

/**
 * One training step (forward, loss, gradients, AdamW) against PyTorch's on this machine: same weights, same data, same
 * number of threads, in turns. Needs a Python with torch: VESALIUS_BENCH_PYTHON.
 *   npm run bench -- step --networks resnet18,vgg11,compact,unet,detector --cases 32x64,16x128,8x224 --turns 9
 * A case is batch × side. The first three losses of both must agree; times are medians of single steps; the ratio is
 * PyTorch's time over ours, so more than 1 means faster. Memory is the peak of each process, libraries included.
 */

const { values: args } = parseArgs({
  options: {
    networks: { type: 'string', default: 'resnet18,vgg11,compact' },
    cases: { type: 'string', default: '32x64,16x128,8x224' },
    turns: { type: 'string', default: '9' },
    threads: { type: 'string', default: String(cpus().length) },
    keep: { type: 'boolean', default: false },
  },
})
const python = process.env.VESALIUS_BENCH_PYTHON
if (!python) {
  console.log('skipped: set VESALIUS_BENCH_PYTHON to a Python that has torch')
  process.exit(0)
}

const CLASSES = 10
const AGREEMENT = 2e-3
const REST_MS = 100
const file = (name: string) => fileURLToPath(new URL(name, import.meta.url))
const rows = []
for (const network of args.networks.split(',')) {
  for (const [batch = 0, size = 0] of args.cases.split(',').map((text) => text.split('x').map(Number))) {
    rows.push(await compare(network as Case['network'], batch, size))
    console.log(JSON.stringify(rows.at(-1)))
  }
}
console.table(rows)
if (args.keep) {
  keepResult('step', { machine: `${cpus().length} × ${cpus()[0]?.model}`, threads: Number(args.threads), rows })
}

async function compare(network: Case['network'], batch: number, size: number) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-step-'))
  const start = await writeStart(folder, { network, batch, size, classes: CLASSES, threads: Number(args.threads) })
  const ours = await openStepper(process.execPath, [file('./step-ours.ts'), start])
  const theirs = await openStepper(python as string, [file('./step.py'), start])
  try {
    const losses = { ours: await firstLosses(ours), theirs: await firstLosses(theirs) }
    const times = { ours: [] as number[], theirs: [] as number[] }
    for (let turn = 0; turn < Number(args.turns); turn += 1) {
      times.ours.push((await afterRest(ours)).milliseconds)
      times.theirs.push((await afterRest(theirs)).milliseconds)
    }
    const apart = Math.max(...losses.ours.map((loss, index) => distance(loss, losses.theirs[index] ?? Number.NaN)))
    if (!(apart < AGREEMENT)) throw new Error(`${network}: losses ${losses.ours} against ${losses.theirs}`)
    const [oursPeak, theirsPeak] = [await ours.peakMegabytes(), await theirs.peakMegabytes()]
    return {
      network,
      case: `${batch}x${size}²`,
      ours: Math.round(median(times.ours)),
      pytorch: Math.round(median(times.theirs)),
      speed: Number((median(times.theirs) / median(times.ours)).toFixed(2)),
      range: spread(times.theirs.map((time, index) => time / (times.ours[index] ?? 1))),
      'ours MB': oursPeak,
      'pytorch MB': theirsPeak,
      memory: Number((oursPeak / theirsPeak).toFixed(2)),
    }
  } finally {
    ours.close()
    theirs.close()
    rmSync(folder, { recursive: true })
  }
}

/** Apart by how much, of the larger than 1. */
function distance(a: number, b: number): number {
  return Math.abs(a - b) / Math.max(1, Math.abs(a))
}

/** A step that begins when the other side's threads have surely stopped spinning. */
async function afterRest(stepper: Stepper) {
  await setTimeout(REST_MS)
  return stepper.step()
}

async function firstLosses(stepper: Stepper): Promise<number[]> {
  const losses = []
  for (let step = 0; step < 3; step += 1) losses.push((await stepper.step()).loss)
  return losses
}
