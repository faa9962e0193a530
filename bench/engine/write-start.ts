import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Backbone } from '@vesalius/contracts'
import { classifierStep, openTrainingSession } from '@vesalius/engine/train'

/** Where a comparison starts from, as both sides read it. */
export interface Start {
  network: Backbone
  batch: number
  size: number
  classes: number
  threads: number
  /** File of float32 values that tensors and images lie in. */
  values: string
  tensors: { name: string; shape: number[]; offset: number }[]
  /** Place of the images [batch, 3, size, size] in the file, in values. */
  images: number
}

export const LEARNING_RATE = 1e-4

export const specOf = ({ network, size, classes }: Pick<Start, 'network' | 'size' | 'classes'>) =>
  ({ backbone: network, imageSize: size, channels: 3, classCount: classes }) as const

/** Writes starting weights and images into the folder; answers the file that describes them. */
export async function writeStart(folder: string, given: Omit<Start, 'values' | 'tensors' | 'images'>): Promise<string> {
  const session = await openTrainingSession(classifierStep(specOf(given), given.batch, 0), {
    seed: 1,
    optimizer: 'adamw',
    weightDecay: 0.05,
  })
  const { parameters } = session.state()
  await session.dispose()
  const parts: Float32Array[] = []
  const tensors: Start['tensors'] = []
  let offset = 0
  for (const [name, { shape, data }] of parameters) {
    tensors.push({ name, shape, offset })
    parts.push(data)
    offset += data.length
  }
  let state = 7
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 31 - 1
  }
  parts.push(Float32Array.from({ length: given.batch * 3 * given.size ** 2 }, random))
  const values = join(folder, 'values.bin')
  writeFileSync(
    values,
    Buffer.concat(parts.map((part) => new Uint8Array(part.buffer, part.byteOffset, part.byteLength))),
  )
  const start: Start = { ...given, values, tensors, images: offset }
  const file = join(folder, 'start.json')
  writeFileSync(file, JSON.stringify(start))
  return file
}
