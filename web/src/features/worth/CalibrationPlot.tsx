import type { ModelWorth } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/use-format.ts'
import classes from './Worth.module.css'

const SIDE = 220
const EDGE = 42
const LARGEST = 9

/**
 * Reliability diagram: how sure the model said it was, against how often people left the answer standing; a point lies on
 * the diagonal where a score means a probability, and is the larger the more answers it stands for.
 */
export function CalibrationPlot({ model }: { model: ModelWorth }) {
  const { t } = useTranslation()
  const format = useFormat()
  const points = model.calibration.flatMap(({ count, said, right }) =>
    said === null || right === null ? [] : [{ count, said, right }],
  )
  const most = Math.max(...points.map(({ count }) => count))
  const across = (value: number) => EDGE + value * SIDE
  const down = (value: number) => 8 + (1 - value) * SIDE
  return (
    <div className={classes.plotAndWords}>
      <svg
        className={classes.calibration}
        viewBox={`0 0 ${SIDE + EDGE + 24} ${SIDE + 34}`}
        role="img"
        aria-label={t('worth.calibrationTitle', { number: model.number })}
      >
        <rect x={EDGE} y={8} width={SIDE} height={SIDE} className={classes.frame} />
        <line x1={across(0)} y1={down(0)} x2={across(1)} y2={down(1)} className={classes.diagonal} />
        {[0, 0.5, 1].map((tick) => (
          <g key={tick} className={classes.tick}>
            <text x={across(tick)} y={SIDE + 24} textAnchor="middle">
              {format.percent(tick)}
            </text>
            <text x={EDGE - 5} y={down(tick) + 4} textAnchor="end">
              {format.percent(tick)}
            </text>
          </g>
        ))}
        {points.map(({ count, said, right }) => (
          <circle
            key={said}
            cx={across(said)}
            cy={down(right)}
            r={3 + (LARGEST - 3) * Math.sqrt(count / most)}
            className={classes.point}
          />
        ))}
      </svg>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('worth.said')}</th>
            <th scope="col">{t('worth.right')}</th>
            <th scope="col">{t('worth.answers')}</th>
          </tr>
        </thead>
        <tbody>
          {points.map(({ count, said, right }) => (
            <tr key={said}>
              <td>{format.percent(said)}</td>
              <td>{format.percent(right)}</td>
              <td>{format.number(count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
