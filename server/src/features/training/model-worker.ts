import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { importModel, UnusableModelError } from '@vesalius/engine'
import type { ModelAnswer, ModelTask } from './inspect-model.ts'

parentPort?.postMessage(work(workerData as ModelTask))

function work({ file, taskType, classes }: ModelTask): ModelAnswer {
  const given = readFileSync(file)
  try {
    const { bytes, ...answer } = importModel(given, { taskType, classes })
    if (bytes !== given) writeFileSync(file, bytes)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    return { found: answer, byteSize: bytes.length, sha256 }
  } catch (error) {
    if (error instanceof UnusableModelError) return { refused: error.message }
    throw error
  }
}
