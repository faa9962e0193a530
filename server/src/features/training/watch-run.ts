import type { RunProgress } from '@vesalius/contracts'
import type { TrainingUpdate } from '@vesalius/engine/runner'
import type { Context } from '../../context.ts'
import { json } from '../../db/json.ts'
import type { ProjectRow, RunRow } from '../../db/tables.ts'
import { quietUntil } from '../settings/training-times.ts'
import { keepRun } from './hold-run.ts'
import { updateRun } from './update-run.ts'

const WATCH_MS = 700

/** Why a run was stopped from outside: a person's wish, quiet hours, or another process that has it now. */
export type Stop = { kind: 'cancelled' } | { kind: 'paused'; until: Date } | { kind: 'lost' }

export interface RunWatch {
  /** Aborts when this process stops, or for a {@link Stop}. */
  signal: AbortSignal
  stopped(): Stop | null
  note(update: TrainingUpdate): void
  end(): Promise<void>
}

/** Holds the run, writes its progress at most every {@link WATCH_MS}, and looks for reasons to stop, whoever has them. */
export function watchRun(
  context: Pick<Context, 'db' | 'events' | 'log'>,
  run: RunRow,
  { holder, project, outer }: { holder: string; project: ProjectRow; outer: AbortSignal },
): RunWatch {
  const ending = new AbortController()
  const curve = [...run.curve]
  let progress: RunProgress | null = null
  let stop: Stop | null = null
  let writing = Promise.resolve()
  let isWriting = false

  const write = async () => {
    const row = await keepRun(context.db, run.id, holder)
    stop ??= findReason(row, project)
    if (stop) return ending.abort(stop)
    const latest = progress
    progress = null
    if (latest) await updateRun(context, run, { progress: json(latest), curve: json(curve) })
  }
  const timer = setInterval(() => {
    if (isWriting) return
    isWriting = true
    writing = write()
      .catch((error) => context.log.warn({ err: error }, 'progress was not written'))
      .finally(() => {
        isWriting = false
      })
  }, WATCH_MS)

  return {
    signal: AbortSignal.any([outer, ending.signal]),
    stopped: () => stop,
    note: (update) => {
      if (update.kind === 'progress') progress = update.progress
      else {
        while ((curve.at(-1)?.epoch ?? -1) >= update.point.epoch) curve.pop()
        curve.push(update.point)
      }
    },
    end: async () => {
      clearInterval(timer)
      await writing
      if (curve.length > run.curve.length && stop?.kind !== 'lost') {
        await updateRun(context, run, { curve: json(curve) })
      }
    },
  }
}

function findReason(row: RunRow | undefined, project: ProjectRow): Stop | null {
  if (!row) return { kind: 'lost' }
  if (row.cancel_requested) return { kind: 'cancelled' }
  const until = row.trigger === 'schedule' ? quietUntil(project.algorithm.quietHours, new Date()) : null
  return until && { kind: 'paused', until }
}
