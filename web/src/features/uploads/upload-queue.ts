import type { DuplicateChoice, Problem } from '@vesalius/contracts'

/**
 * Files on their way to the server. Several requests run at once, each with several files, so that thousands of
 * small images do not wait for one another and one refused file costs only itself.
 */

export type UploadStatus = 'waiting' | 'sending' | 'done' | 'refused' | 'failed' | 'cancelled'

export interface UploadFile {
  file: File
  /** A label file as JSON, sent as the image's annotation. */
  label?: string
  /** What happens when the project holds the content already. */
  duplicates?: DuplicateChoice
}

export type UploadProblem = Pick<Problem, 'code' | 'told'>

export interface UploadEntry {
  id: number
  projectId: string
  name: string
  bytes: number
  status: UploadStatus
  problem: UploadProblem | null
  /** An archive whose report tells the rest. */
  isImport: boolean
}

export interface UploadState {
  entries: readonly UploadEntry[]
  sentBytes: number
  totalBytes: number
  bytesPerSecond: number
}

/** `isImport`: an archive, which goes on in the background. */
export type FileResult = { ok: true; isImport?: boolean } | { ok: false; problem: UploadProblem }

export interface SendOptions {
  onSent: (bytes: number) => void
  signal: AbortSignal
}

/** Sends files in one request; answers one result per file, in order. Throws when the request as a whole failed. */
export type SendFiles = (projectId: string, files: readonly UploadFile[], options: SendOptions) => Promise<FileResult[]>

const REQUESTS_AT_ONCE = 3
/** Few enough that each answer comes soon, many enough that a request costs little beside its files. */
const [FEWEST_TOGETHER, MOST_TOGETHER] = [12, 50]
const BYTES_PER_REQUEST = 24_000_000

interface Job extends UploadEntry {
  source: UploadFile
}

export class UploadQueue {
  #send: SendFiles
  #now: () => number
  #jobs: Job[] = []
  #inFlight = new Map<AbortController, number>()
  #settledBytes = 0
  #startedAt = 0
  #nextId = 1
  #listeners = new Set<() => void>()
  #state: UploadState = { entries: [], sentBytes: 0, totalBytes: 0, bytesPerSecond: 0 }

  constructor(send: SendFiles, now: () => number = () => performance.now()) {
    this.#send = send
    this.#now = now
  }

  getState = (): UploadState => this.#state
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  add(projectId: string, files: readonly UploadFile[]): void {
    if (!this.isBusy) this.#startedAt = this.#now()
    if (!this.isBusy) this.#settledBytes = 0
    for (const source of files) {
      const { name, size } = source.file
      const job = {
        id: this.#nextId++,
        projectId,
        name,
        bytes: size,
        status: 'waiting',
        problem: null,
        isImport: false,
        source,
      } as const
      this.#jobs.push({ ...job })
    }
    this.#publish()
    this.#pump()
  }

  /** Tells of files that cannot be sent. */
  refuse(projectId: string, refused: readonly Pick<UploadEntry, 'name' | 'bytes' | 'problem'>[]): void {
    for (const { name, bytes, problem } of refused) {
      const source = { file: new File([], name) }
      this.#jobs.push({
        id: this.#nextId++,
        projectId,
        name,
        bytes,
        status: 'refused',
        problem,
        isImport: false,
        source,
      })
    }
    this.#publish()
  }

  get isBusy(): boolean {
    return this.#jobs.some((job) => job.status === 'waiting' || job.status === 'sending')
  }

  retryFailed(): void {
    const failed = this.#jobs.filter((job) => job.status === 'failed' || job.status === 'cancelled')
    this.#jobs = this.#jobs.filter((job) => !failed.includes(job))
    for (const job of failed) this.add(job.projectId, [job.source])
  }

  /** Sends files again that were refused as duplicates, with another choice. */
  resend(entries: readonly UploadEntry[], duplicates: DuplicateChoice): void {
    const ids = new Set(entries.map((entry) => entry.id))
    const chosen = this.#jobs.filter((job) => ids.has(job.id))
    this.#jobs = this.#jobs.filter((job) => !ids.has(job.id))
    for (const job of chosen) this.add(job.projectId, [{ ...job.source, duplicates }])
  }

  cancel(): void {
    for (const job of this.#jobs) if (job.status === 'waiting') job.status = 'cancelled'
    for (const controller of this.#inFlight.keys()) controller.abort()
    this.#publish()
  }

  /** Forgets what has ended. */
  clear(): void {
    this.#jobs = this.#jobs.filter((job) => job.status === 'waiting' || job.status === 'sending')
    this.#publish()
  }

  #pump(): void {
    while (this.#inFlight.size < REQUESTS_AT_ONCE) {
      const chunk = nextChunk(this.#jobs)
      if (chunk.length === 0) return
      void this.#sendChunk(chunk)
    }
  }

  async #sendChunk(chunk: Job[]): Promise<void> {
    const controller = new AbortController()
    this.#inFlight.set(controller, 0)
    for (const job of chunk) job.status = 'sending'
    this.#publish()
    try {
      const onSent = (bytes: number) => {
        this.#inFlight.set(controller, bytes)
        this.#publish()
      }
      const files = chunk.map((job) => job.source)
      const results = await this.#send(chunk[0]?.projectId ?? '', files, { onSent, signal: controller.signal })
      chunk.forEach((job, index) => {
        const result = results[index] ?? { ok: false, problem: { code: 'INTERNAL' } }
        job.status = result.ok ? 'done' : 'refused'
        job.isImport = result.ok && result.isImport === true
        job.problem = result.ok ? null : result.problem
      })
    } catch (error) {
      const code = (error as { code?: Problem['code'] }).code ?? 'UNAVAILABLE'
      for (const job of chunk) {
        job.status = controller.signal.aborted ? 'cancelled' : 'failed'
        job.problem = controller.signal.aborted ? null : { code }
      }
    }
    this.#inFlight.delete(controller)
    for (const job of chunk) this.#settledBytes += job.bytes
    this.#publish()
    this.#pump()
  }

  #publish(): void {
    const sending = [...this.#inFlight.values()].reduce((sum, bytes) => sum + bytes, 0)
    const sentBytes = this.#settledBytes + sending
    const waiting = this.#jobs.filter((job) => job.status === 'waiting' || job.status === 'sending')
    const seconds = Math.max(0.25, (this.#now() - this.#startedAt) / 1000)
    this.#state = {
      entries: this.#jobs.map(({ source, ...entry }) => entry),
      sentBytes,
      totalBytes: this.#settledBytes + waiting.reduce((sum, job) => sum + job.bytes, 0),
      bytesPerSecond: sentBytes / seconds,
    }
    for (const listener of this.#listeners) listener()
  }
}

/** The next files for one request: of one project, few enough and small enough to go together. */
function nextChunk(jobs: readonly Job[]): Job[] {
  const waiting = jobs.filter((job) => job.status === 'waiting').length
  const most = Math.min(MOST_TOGETHER, Math.max(FEWEST_TOGETHER, Math.ceil(waiting / REQUESTS_AT_ONCE)))
  const chunk: Job[] = []
  let bytes = 0
  for (const job of jobs) {
    if (job.status !== 'waiting') continue
    const first = chunk[0]
    if (first && !goTogether(first, job, bytes)) break
    chunk.push(job)
    bytes += job.bytes
    if (chunk.length === most || goesInPieces(job.source.file)) break
  }
  return chunk
}

function goTogether(first: Job, next: Job, bytes: number): boolean {
  return (
    next.projectId === first.projectId &&
    next.source.duplicates === first.source.duplicates &&
    !goesInPieces(next.source.file) &&
    bytes + next.bytes <= BYTES_PER_REQUEST
  )
}

/** Large files and archives go alone, in pieces, so that a lost connection costs one piece. */
export function goesInPieces(file: File): boolean {
  return file.size > BYTES_PER_REQUEST || /\.zip$/i.test(file.name)
}
