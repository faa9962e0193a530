import { describeEnd, startChild } from './child-process.ts'
import { TrainingError } from './errors.ts'
import type { TrainingOutcome, TrainingRequest, TrainingUpdate } from './messages.ts'
import { TrainingReply } from './pipe-messages.ts'

export interface TrainInChildOptions {
  /** Aborting ends the child and rejects with AbortError. */
  signal?: AbortSignal
  onUpdate?: (update: TrainingUpdate) => void
  /** Threads of its pool; missing: one for each core, up to eight. */
  threads?: number
}

/** Training yields to serving: pre-labelling stays fast while it runs. */
const NICENESS = 10

/**
 * Trains in a child process of lower priority. The child keeps a checkpoint in `request.directory`; calling again with
 * the same request after any end of either process goes on from there.
 * Rejects with TrainingError (its `code` says why) or, when the signal aborts, with AbortError.
 */
export async function trainInChild(
  request: TrainingRequest,
  { signal, onUpdate, threads }: TrainInChildOptions = {},
): Promise<TrainingOutcome> {
  signal?.throwIfAborted()
  const child = startChild('./training-child.ts', {
    niceness: NICENESS,
    environment: threads ? { VESALIUS_ENGINE_THREADS: String(threads) } : {},
  })
  return new Promise((resolve, reject) => {
    let isSettled = false
    const settle = (finish: () => void) => {
      if (isSettled) return
      isSettled = true
      signal?.removeEventListener('abort', abort)
      child.process.kill('SIGKILL')
      finish()
    }
    const fail = (error: unknown) => settle(() => reject(error))
    const abort = () => fail(new DOMException('training was cancelled', 'AbortError'))
    signal?.addEventListener('abort', abort, { once: true })

    child.process.on('message', (message) => {
      const reply = TrainingReply.safeParse(message)
      if (!reply.success) return fail(new TrainingError('TRAINING_FAILED', 'the training process spoke nonsense'))
      if (reply.data.kind === 'failed') return fail(new TrainingError(reply.data.code, reply.data.message))
      const { data } = reply
      if (data.kind === 'done') return settle(() => resolve(data.outcome))
      if (!isSettled) onUpdate?.(data)
    })
    child.process.on('error', (cause) => {
      fail(new TrainingError('TRAINING_FAILED', 'the training process could not be started', { cause }))
    })
    child.process.on('exit', (code, ending) => {
      const cause = new Error(child.complaint() || 'no message')
      const message = `the training process ended early: ${describeEnd(code, ending)}`
      fail(new TrainingError('TRAINING_FAILED', message, { cause }))
    })
    child.process.send(request, (cause) => {
      if (cause) fail(new TrainingError('TRAINING_FAILED', 'the training process did not listen', { cause }))
    })
  })
}
