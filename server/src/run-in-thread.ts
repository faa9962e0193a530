import { Worker } from 'node:worker_threads'

export interface ThreadLimits {
  timeLimitMs: number
  memoryLimitMb: number
  /** The refusal when the work takes too much of one of them. */
  tooMuch: (what: 'time' | 'memory') => Error
}

/** Runs a script that answers `workerData` with one message in a thread of its own, bounded in time and memory. */
export async function runInThread<Answer>(
  script: URL,
  task: unknown,
  { timeLimitMs, memoryLimitMb, tooMuch }: ThreadLimits,
): Promise<Answer> {
  const worker = new Worker(script, {
    workerData: task,
    execArgv: [],
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: memoryLimitMb },
  })
  const { promise, resolve, reject } = Promise.withResolvers<Answer>()
  const timer = setTimeout(() => reject(tooMuch('time')), timeLimitMs)
  worker.once('message', resolve)
  worker.once('error', (error) => reject(isOutOfMemory(error) ? tooMuch('memory') : error))
  worker.once('exit', () => reject(new Error('the thread ended without an answer')))
  try {
    return await promise
  } finally {
    clearTimeout(timer)
    await worker.terminate()
  }
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
}
