import { ApiProblem } from '../../api/problem.ts'
import type { UploadFile, UploadQueue } from '../uploads/upload-queue.ts'

/** Uploads every file and waits for the end. Throws ApiProblem when one was refused or not sent. */
export function uploadAll(
  queue: UploadQueue,
  projectId: string,
  files: readonly UploadFile[],
  onDone: (count: number) => void,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => queue.cancel())
    const stop = queue.subscribe(() => {
      const { entries } = queue.getState()
      onDone(entries.filter((entry) => entry.status === 'done').length)
      if (entries.length < files.length || queue.isBusy) return
      stop()
      const refused = entries.find((entry) => entry.status !== 'done')
      if (refused) reject(new ApiProblem(refused.problem?.code ?? 'UNAVAILABLE', 0))
      else resolve()
    })
    queue.add(projectId, files)
  })
}
