import { Worker } from 'node:worker_threads'

export interface ThreadLimits {
  timeLimitMs: number
  memoryLimitMb: number
  /** The refusal when the work takes too much of one of them. */
  tooMuch: (what: 'time' | 'memory') => Error
  /** Ends the thread, with the signal's reason. */
  signal?: AbortSignal
  /** Hears each message; true: it tells how far the work is and is no answer. */
  isProgress?: (message: unknown) => boolean
}

/** Runs a script that answers `workerData` with a message in a thread of its own, bounded in time and memory. */
export async function runInThread<Answer>(
  script: URL,
  task: unknown,
  { timeLimitMs, memoryLimitMb, tooMuch, signal, isProgress = () => false }: ThreadLimits,
): Promise<Answer> {
  signal?.throwIfAborted()
  const worker = new Worker(script, {
    workerData: task,
    execArgv: [],
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: memoryLimitMb },
  })
  const { promise, resolve, reject } = Promise.withResolvers<Answer>()
  const timer = setTimeout(() => reject(tooMuch('time')), timeLimitMs)
  const stop = () => reject(signal?.reason)
  signal?.addEventListener('abort', stop)
  worker.on('message', (message) => {
    if (!isProgress(message)) resolve(message)
  })
  worker.once('error', (error) => reject(isOutOfMemory(error) ? tooMuch('memory') : error))
  worker.once('exit', () => reject(new Error('the thread ended without an answer')))
  try {
    return await promise
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', stop)
    await worker.terminate()
  }
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
}
