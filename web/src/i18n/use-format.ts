import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

export type Format = ReturnType<typeof makeFormat>

/** Numbers, times and sizes written as the chosen language writes them. */
export function useFormat(): Format {
  const { i18n } = useTranslation()
  return useMemo(() => makeFormat(i18n.language), [i18n.language])
}

export function makeFormat(language: string) {
  const whole = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 })
  const tenths = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 })
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' })
  return {
    /** A share 0..1 as a percentage; never "100 %" or "0 %" unless it is exactly that. */
    percent: (share: number) =>
      whole.format(share > 0.99 && share < 1 ? 0.99 : share < 0.01 && share > 0 ? 0.01 : share),
    exactPercent: (share: number) => tenths.format(share),
    number: (value: number, digits = 0) =>
      new Intl.NumberFormat(language, {
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
        // No "-0.00" for what is nothing to this many digits.
        signDisplay: 'negative',
      }).format(value),
    bytes: (count: number) => formatBytes(language, count),
    date: (moment: string) => date.format(new Date(moment)),
    ago: (moment: string, now = Date.now()) => formatAgo(relative, (new Date(moment).getTime() - now) / 1000),
    duration: (seconds: number) => formatDuration(language, seconds),
  }
}

function formatBytes(language: string, count: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte']
  const power = Math.min(units.length - 1, count < 1000 ? 0 : Math.floor(Math.log10(count) / 3))
  const value = count / 1000 ** power
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: units[power] ?? 'byte',
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumFractionDigits: value < 10 && power > 0 ? 1 : 0,
  }).format(value)
}

function formatAgo(relative: Intl.RelativeTimeFormat, seconds: number): string {
  const steps: [Intl.RelativeTimeFormatUnit, number][] = [
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
  ]
  for (const [unit, size] of steps) {
    if (Math.abs(seconds) >= size) return relative.format(Math.trunc(seconds / size), unit)
  }
  return relative.format(0, 'second')
}

function formatDuration(language: string, seconds: number): string {
  const unit = (value: number, name: string) =>
    new Intl.NumberFormat(language, { style: 'unit', unit: name, unitDisplay: 'short' }).format(value)
  const whole = Math.max(0, Math.round(seconds))
  if (whole < 60) return unit(whole, 'second')
  if (whole < 3600) return `${unit(Math.floor(whole / 60), 'minute')} ${unit(whole % 60, 'second')}`
  return `${unit(Math.floor(whole / 3600), 'hour')} ${unit(Math.floor((whole % 3600) / 60), 'minute')}`
}
