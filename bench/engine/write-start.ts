import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openTrainingSession } from '@vesalius/engine/train'
import { type Case, drawInput, stepOf } from './networks.ts'

/** A tensor in the file of values. */
interface Placed {
  name: string
  shape: number[]
  /** In values. */
  offset: number
}

/** Where a comparison starts from, as both sides read it. */
export interface Start extends Case {
  threads: number
  /** File of float32 values that tensors and inputs lie in. */
  values: string
  tensors: Placed[]
  inputs: Placed[]
}

export const LEARNING_RATE = 1e-4

/** Writes starting weights and data into the folder; answers the file that describes them. */
export async function writeStart(folder: string, given: Case & { threads: number }): Promise<string> {
  const definition = stepOf(given)
  const session = await openTrainingSession(definition, { seed: 1, optimizer: 'adamw', weightDecay: 0.05 })
  const { parameters } = session.state()
  await session.dispose()
  const parts: Float32Array[] = []
  let offset = 0
  const place = (name: string, shape: readonly number[], data: Float32Array): Placed => {
    const placed = { name, shape: [...shape], offset }
    parts.push(data)
    offset += data.length
    return placed
  }
  const tensors = [...parameters].map(([name, { shape, data }]) => place(name, shape, data))
  const inputs = Object.entries(definition.inputs).map(([name, shape]) =>
    place(name, shape, drawInput(name, shape, given)),
  )
  const values = join(folder, 'values.bin')
  writeFileSync(
    values,
    Buffer.concat(parts.map((part) => new Uint8Array(part.buffer, part.byteOffset, part.byteLength))),
  )
  const start: Start = { ...given, values, tensors, inputs }
  const file = join(folder, 'start.json')
  writeFileSync(file, JSON.stringify(start))
  return file
}
