import 'uplot/dist/uPlot.min.css'
import { useComputedColorScheme } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { type CSSProperties, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import uPlot from 'uplot'
import { useFormat } from '../../i18n/use-format.ts'
import classes from './TrainingPage.module.css'

interface Props {
  title: string
  help: string
  epochs: readonly number[]
  training: readonly (number | null)[]
  validation: readonly (number | null)[]
  /** Values are shares 0..1, shown as percentages. */
  isShare?: boolean
  /** What the two lines are called, when not training and validation. */
  names?: readonly [string, string]
}

const HEIGHT = 190
const colour = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim()

export function CurveChart({ title, help, epochs, training, validation, isShare = false, names }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const scheme = useComputedColorScheme()
  const { ref, width } = useElementSize()
  const host = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot | null>(null)
  const data = useRef<uPlot.AlignedData>([[], [], []])
  data.current = [[...epochs], [...training], [...validation]]
  // biome-ignore lint/correctness/useExhaustiveDependencies: drawn anew when the theme's colours change
  useEffect(() => {
    if (!host.current || width === 0) return
    const axis = { stroke: colour('--ink-faint'), grid: { stroke: colour('--line'), width: 1 }, ticks: { show: false } }
    const made = new uPlot(
      {
        width,
        height: HEIGHT,
        legend: { show: false },
        cursor: { y: false },
        scales: { x: { time: false }, ...(isShare ? { y: { range: [0, 1] as [number, number] } } : {}) },
        axes: [
          { ...axis, size: 28, incrs: [1, 2, 5, 10, 20, 50, 100] },
          {
            ...axis,
            size: 46,
            values: (_, ticks) => ticks.map((tick) => (isShare ? format.percent(tick) : `${+tick.toFixed(3)}`)),
          },
        ],
        series: [
          {},
          { stroke: colour('--model-line'), width: 1.5, dash: [5, 4], points: { show: false } },
          { stroke: colour('--person'), width: 2, points: { size: 5 } },
        ],
      },
      data.current,
      host.current,
    )
    plot.current = made
    return () => made.destroy()
  }, [width, scheme, isShare, format])
  useEffect(() => plot.current?.setData([[...epochs], [...training], [...validation]]), [epochs, training, validation])
  const last = validation.at(-1)
  const summary =
    last === undefined || last === null ? '' : isShare ? format.exactPercent(last) : format.number(last, 3)
  return (
    <figure ref={ref} style={{ margin: '8px 0 0', minWidth: 0 }}>
      <figcaption title={help}>
        <strong>{title}</strong> {summary}
      </figcaption>
      <div className={classes.legend}>
        <span style={{ '--series': 'var(--model-line)' } as CSSProperties}>
          {names?.[0] ?? t('training.curveTraining')}
        </span>
        <span style={{ '--series': 'var(--person)' } as CSSProperties}>
          {names?.[1] ?? t('training.curveValidation')}
        </span>
      </div>
      <div className={classes.plot} style={{ height: HEIGHT }}>
        <div ref={host} aria-hidden style={{ visibility: epochs.length > 0 ? 'visible' : 'hidden' }} />
        {epochs.length === 0 && <p className={classes.plotEmpty}>{t('training.curveEmpty')}</p>}
      </div>
    </figure>
  )
}
