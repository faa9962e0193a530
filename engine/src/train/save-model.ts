import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { removeCheckpoint } from './checkpoint.ts'
import { writeFileAtomically } from './write-atomically.ts'

/** Writes the finished `model.onnx` into the run's folder and drops the checkpoint. */
export function saveModel(directory: string, bytes: Uint8Array) {
  const modelFile = join(directory, 'model.onnx')
  writeFileAtomically(modelFile, [bytes])
  removeCheckpoint(directory)
  return { modelFile, sha256: createHash('sha256').update(bytes).digest('hex'), byteSize: bytes.byteLength }
}
