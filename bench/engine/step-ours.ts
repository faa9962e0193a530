import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { classifierStep, openTrainingSession } from '@vesalius/engine/train'
import { LEARNING_RATE, type Start, specOf } from './write-start.ts'

/** Our side of the comparison: one step for each line "step". */

const start = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Start
const bytes = readFileSync(start.values)
const values = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4)
const count = (shape: number[]) => shape.reduce((product, side) => product * side, 1)
const initial = new Map(
  start.tensors.map(({ name, shape, offset }) => [name, { shape, data: values.slice(offset, offset + count(shape)) }]),
)
const { batch, classes } = start
const session = await openTrainingSession(classifierStep(specOf(start), batch, 0), {
  seed: 1,
  optimizer: 'adamw',
  weightDecay: 0.05,
  initial,
  threads: start.threads,
})
const target = new Float32Array(batch * classes)
for (let row = 0; row < batch; row += 1) target[row * classes + (row % classes)] = 1
const inputs = { image: values.slice(start.images), target, weight: new Float32Array(batch).fill(1) }

for await (const word of createInterface({ input: process.stdin })) {
  if (word === 'memory') {
    console.log(JSON.stringify({ megabytes: Math.round(process.resourceUsage().maxRSS / 1024) }))
    continue
  }
  const started = performance.now()
  const { loss } = await session.step({ inputs, learningRate: LEARNING_RATE })
  console.log(JSON.stringify({ loss, milliseconds: performance.now() - started }))
}
