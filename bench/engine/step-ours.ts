import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { openTrainingSession } from '@vesalius/engine/train'
import { stepOf } from './networks.ts'
import { LEARNING_RATE, type Start } from './write-start.ts'

/** Our side of the comparison: one step for each line "step". */

const start = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Start
const bytes = readFileSync(start.values)
const values = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4)
const count = (shape: number[]) => shape.reduce((product, side) => product * side, 1)
const valuesOf = ({ shape, offset }: Start['inputs'][number]) => values.slice(offset, offset + count(shape))
const session = await openTrainingSession(stepOf(start), {
  seed: 1,
  optimizer: 'adamw',
  weightDecay: 0.05,
  initial: new Map(start.tensors.map((tensor) => [tensor.name, { shape: tensor.shape, data: valuesOf(tensor) }])),
  threads: start.threads,
})
const inputs = Object.fromEntries(start.inputs.map((input) => [input.name, valuesOf(input)]))

for await (const word of createInterface({ input: process.stdin })) {
  if (word === 'memory') {
    console.log(JSON.stringify({ megabytes: Math.round(process.resourceUsage().maxRSS / 1024) }))
    continue
  }
  const started = performance.now()
  const { loss } = await session.step({ inputs, learningRate: LEARNING_RATE })
  console.log(JSON.stringify({ loss, milliseconds: performance.now() - started }))
}
