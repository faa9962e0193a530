import { routes, type WorkerJob, type WorkerProgress } from '@vesalius/contracts'
import { RefusedError, type WorkerApi } from './worker-api.ts'

const BEAT_MS = 10_000
const MOST_POINTS = 500

export interface HeldJob {
  /** Aborts when the job is another's, was stopped, or this program ends. */
  signal: AbortSignal
  note(part: Partial<WorkerProgress>): void
  /** Says what was noted so far, and stops saying more. */
  end(): Promise<void>
  isLost(): boolean
}

/** Says again and again that the job is worked on, and how far it is; no answer for a while changes nothing. */
export function holdJob(api: WorkerApi, { id, lease }: WorkerJob, outer: AbortSignal): HeldJob {
  const lost = new AbortController()
  let noted: WorkerProgress = { progress: null, points: [] }
  let beating = Promise.resolve()
  let isBeating = false

  const beat = async () => {
    const said = { progress: noted.progress, points: noted.points.slice(0, MOST_POINTS) }
    try {
      await api.call(routes.keepJob, { params: { remoteJobId: id }, query: { lease }, body: said }, outer)
      noted = { ...noted, points: noted.points.slice(said.points.length) }
    } catch (error) {
      if (error instanceof RefusedError && error.isLost) lost.abort()
    }
  }
  const timer = setInterval(() => {
    if (isBeating) return
    isBeating = true
    beating = beat().finally(() => {
      isBeating = false
    })
  }, BEAT_MS)

  return {
    signal: AbortSignal.any([outer, lost.signal]),
    isLost: () => lost.signal.aborted,
    note: (part) => {
      noted = { progress: part.progress ?? noted.progress, points: [...noted.points, ...(part.points ?? [])] }
    },
    end: async () => {
      clearInterval(timer)
      await beating
      if (!lost.signal.aborted && !outer.aborted) await beat()
    },
  }
}
