import { type Algorithm, AppError, type QuietHours, type TrainingCron } from '@vesalius/contracts'
import { CronExpressionParser } from 'cron-parser'

const MINUTE_MS = 60_000
const DAY_MINUTES = 1440

/** Throws VALIDATION_FAILED with the reason when the expression names no times. */
export function requireCron(cron: TrainingCron): void {
  if (cron.expression.split(/\s+/).length !== 5) {
    throw new AppError('VALIDATION_FAILED', 'A schedule has five fields: minute, hour, day, month, day of the week.')
  }
  try {
    timeAfter(cron, new Date())
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : 'it cannot be read'
    throw new AppError('VALIDATION_FAILED', `The schedule cannot be used: ${reason}.`, undefined, { cause })
  }
}

/** Whether the schedule says to look for new annotations, when the last training was asked for at `since`. */
export function isTrainingTime(
  { trainingCron, trainingInterval }: Pick<Algorithm, 'trainingCron' | 'trainingInterval'>,
  since: Date,
  now: Date,
): boolean {
  if (trainingCron) return timeAfter(trainingCron, since) <= now
  return trainingInterval !== null && since.getTime() + trainingInterval * MINUTE_MS <= now.getTime()
}

/** When quiet hours that `now` falls into end, to the minute; null outside of them. */
export function quietUntil(quiet: QuietHours | null, now: Date): Date | null {
  if (!quiet) return null
  const clock = minutesOf(localTime(now, quiet.timeZone))
  const [from, to] = [minutesOf(quiet.from), minutesOf(quiet.to)]
  const isQuiet = from < to ? clock >= from && clock < to : clock >= from || clock < to
  if (!isQuiet) return null
  const wholeMinute = Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS
  return new Date(wholeMinute + ((to - clock + DAY_MINUTES) % DAY_MINUTES) * MINUTE_MS)
}

function timeAfter({ expression, timeZone }: TrainingCron, moment: Date): Date {
  return CronExpressionParser.parse(expression, { currentDate: moment, tz: timeZone }).next().toDate()
}

function localTime(moment: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
    moment,
  )
}

function minutesOf(clockTime: string): number {
  const [hours = 0, minutes = 0] = clockTime.split(':').map(Number)
  return hours * 60 + minutes
}
