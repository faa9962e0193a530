import type { NamedTensors } from '../graph/named-tensors.ts'
import { NORM_EPSILON } from '../ops/batch-norm.ts'

/**
 * An exported model has its normalisation folded away. These few numbers per channel, kept in the file's metadata,
 * let a later training take the convolutions apart again and go on where this one ended.
 */
export type NormStatistics = Record<string, string>

const PARTS = ['weight', 'bias', 'running_mean', 'running_var'] as const
const SMALLEST_SCALE = 1e-6

/** Every tensor of a normalisation, base64 of its float32 values, by name. */
export function packNorms(parameters: NamedTensors): NormStatistics {
  const packed: NormStatistics = {}
  for (const norm of normNames(parameters)) {
    for (const part of PARTS) {
      const tensor = parameters.get(`${norm}.${part}`)
      if (tensor) packed[`${norm}.${part}`] = Buffer.from(tensor.data.slice().buffer).toString('base64')
    }
  }
  return packed
}

export function unpackNorms(packed: NormStatistics): NamedTensors {
  return new Map(
    Object.entries(packed).map(([name, text]) => {
      const bytes = Uint8Array.from(Buffer.from(text, 'base64'))
      const data = new Float32Array(bytes.buffer, 0, Math.floor(bytes.byteLength / 4))
      return [name, { shape: [data.length], data }]
    }),
  )
}

/** Kernels as they were before folding. A channel whose scale is zero keeps its folded (zero) kernels. */
export function unfoldKernels(folded: Float32Array, scale: Float32Array, variance: Float32Array): Float32Array {
  const perChannel = folded.length / scale.length
  return folded.map((value, index) => {
    const channel = Math.floor(index / perChannel)
    const factor = (scale[channel] ?? 0) / Math.sqrt((variance[channel] ?? 0) + NORM_EPSILON)
    return Math.abs(factor) < SMALLEST_SCALE ? value : value / factor
  })
}

function normNames(parameters: NamedTensors): string[] {
  return [...parameters.keys()]
    .filter((name) => name.endsWith('.running_var'))
    .map((name) => name.slice(0, -'.running_var'.length))
}
