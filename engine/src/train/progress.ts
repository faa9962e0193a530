import type { RunProgress } from '@vesalius/contracts'
import type { TrainingUpdate } from '../runner/messages.ts'
import type { Clock } from './clock.ts'

/** Share of a run's bar given to each phase's start; training takes what is between its start and the evaluation. */
const STARTS = { waiting: 0, reading: 0, training: 0.06, evaluating: 0.97, saving: 0.99, done: 1 } as const
const QUIET_MS = 250

type Report = Partial<RunProgress> & { phase: RunProgress['phase'] }

/** Tells how a run goes, four times a second at most and at every change of phase. */
export function createProgressReporter(
  onUpdate: (update: TrainingUpdate) => void,
  { clock, budgetSeconds }: { clock: Clock; budgetSeconds: number },
) {
  let last: RunProgress = {
    phase: 'waiting',
    fraction: 0,
    epoch: 0,
    epochs: 0,
    step: 0,
    loss: null,
    imagesPerSecond: null,
    secondsLeft: null,
  }
  let lastTold = Number.NEGATIVE_INFINITY

  /** `share`: 0..1 of the phase. */
  return (report: Report, share = 0): void => {
    const now = performance.now()
    if (report.phase === last.phase && now - lastTold < QUIET_MS) return
    const start = STARTS[report.phase]
    const end = report.phase === 'reading' ? STARTS.training : report.phase === 'training' ? STARTS.evaluating : start
    const fraction = Math.max(last.fraction, start + (end - start) * Math.min(1, share))
    const secondsLeft = Math.max(0, budgetSeconds - clock())
    last = { ...last, secondsLeft, ...report, fraction }
    lastTold = now
    onUpdate({ kind: 'progress', progress: last })
  }
}

export type ReportProgress = ReturnType<typeof createProgressReporter>
