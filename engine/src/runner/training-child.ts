import { restrictDecoders } from '../data/decode-image.ts'
import { familyOf } from '../tasks/families.ts'
import { exitWithParent } from './child-process.ts'
import { TrainingError } from './errors.ts'
import { type TrainingReply, TrainingRequestMessage } from './pipe-messages.ts'

/** The process that trains: takes one request, answers with progress and one outcome, and ends. */

const MEMORY_LOOK_MS = 250

exitWithParent()
restrictDecoders()
process.once('message', (message) => void answer(message))

async function answer(message: unknown): Promise<void> {
  try {
    const request = TrainingRequestMessage.parse(message)
    if (request.memoryLimitMb) watchMemory(request.memoryLimitMb)
    const outcome = await familyOf(request.taskType).train(request, (update) => void send(update))
    await send({ kind: 'done', outcome })
  } catch (error) {
    await send(describeFailure(error))
  }
  process.disconnect()
}

/** Ends this process, with the reason, once it holds more than the limit; what the machine would do says no word. */
function watchMemory(limitMb: number): void {
  const timer = setInterval(() => {
    const heldMb = process.memoryUsage.rss() / 2 ** 20
    if (heldMb <= limitMb) return
    clearInterval(timer)
    const message = `training needs more than the ${limitMb} MiB it may use; raise the limit or let it see smaller images`
    void send({ kind: 'failed', code: 'MEMORY_LIMIT_REACHED', message }).then(() => process.exit(1))
  }, MEMORY_LOOK_MS)
  timer.unref()
}

function describeFailure(error: unknown): TrainingReply {
  if (error instanceof TrainingError) return { kind: 'failed', code: error.code, message: error.message }
  const code = (error as NodeJS.ErrnoException | null)?.code
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return { kind: 'failed', code: 'STORAGE_FULL', message: 'the disk is full: free some space and train again' }
  }
  const reason = error instanceof Error ? error.message : String(error)
  return { kind: 'failed', code: 'TRAINING_FAILED', message: `training failed: ${reason.slice(0, 500)}` }
}

function send(reply: TrainingReply): Promise<void> {
  return new Promise((resolve) => {
    if (process.send && process.connected) process.send(reply, () => resolve())
    else resolve()
  })
}
