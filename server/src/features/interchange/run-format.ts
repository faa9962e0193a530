import { AppError, because, tellReason } from '@vesalius/contracts'
import { runInThread } from '../../run-in-thread.ts'
import type { FormatMessage, FormatTask, ReadSummary, ReadTask, WriteSummary, WriteTask } from './format-task.ts'

const THREAD = new URL('./format-thread.ts', import.meta.url)
const TIME_LIMIT_MS = 60 * 60_000
const MEMORY_LIMIT_MB = 3072

interface Watch {
  signal: AbortSignal
  onProgress?: (done: number) => void
}

/** Reads files of other programs in a thread of its own, bounded in time and memory. Throws VALIDATION_FAILED. */
export async function readFormat(task: Omit<ReadTask, 'kind'>, watch: Watch): Promise<ReadSummary> {
  const answer = await run({ kind: 'read', ...task }, watch)
  if (answer.kind === 'read') return answer.summary
  if (answer.kind === 'not recognised') {
    throw new AppError('FORMAT_NOT_RECOGNISED', 'Nothing in the files tells their format: name it.')
  }
  const told = answer.kind === 'refused' ? answer.reason : because`they are not understood`
  throw new AppError('VALIDATION_FAILED', `The files cannot be read: ${tellReason(told)}.`, { told })
}

/** Begins an archive with the files of a format, in a thread of its own. */
export async function writeFormat(task: Omit<WriteTask, 'kind'>, watch: Watch): Promise<WriteSummary> {
  const answer = await run({ kind: 'write', ...task }, watch)
  if (answer.kind === 'written') return answer.summary
  const told = answer.kind === 'refused' ? answer.reason : because`the format was not written`
  throw new AppError('VALIDATION_FAILED', `${tellReason(told)}.`, { told })
}

function run(task: FormatTask, { signal, onProgress }: Watch): Promise<FormatMessage> {
  return runInThread(THREAD, task, {
    timeLimitMs: TIME_LIMIT_MS,
    memoryLimitMb: MEMORY_LIMIT_MB,
    tooMuch,
    signal,
    isProgress: (sent) => {
      const message = sent as FormatMessage
      if (message.kind !== 'progress') return false
      onProgress?.(message.done)
      return true
    },
  })
}

function tooMuch(what: 'time' | 'memory'): AppError {
  return new AppError('VALIDATION_FAILED', `The annotations take too much ${what} at once. Try fewer of them.`)
}
