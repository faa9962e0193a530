import { useTranslation } from 'react-i18next'
import classes from './TrainingPage.module.css'

/** `counts[truth][answer]`: a table, tinted by the share of its row. */
export function ConfusionMatrix({
  names,
  counts,
}: {
  names: readonly string[]
  counts: readonly (readonly number[])[]
}) {
  const { t } = useTranslation()
  return (
    <div>
      <strong>{t('training.confusion')}</strong>
      <p className={classes.help}>{t('training.confusionHelp')}</p>
      <div className={classes.scroll}>
        <table className={classes.matrix}>
          <thead>
            <tr>
              <td />
              {names.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {counts.map((row, truth) => (
              <tr key={names[truth]}>
                <th scope="row">{names[truth]}</th>
                {row.map((count, answer) => (
                  <td
                    key={names[answer]}
                    className={classes.cell}
                    title={t('training.confusionCell', { count, truth: names[truth], answer: names[answer] })}
                    style={{ background: tint(count / Math.max(1, sum(row)), truth === answer) }}
                  >
                    {count}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}

const sum = (row: readonly number[]) => row.reduce((total, count) => total + count, 0)

function tint(share: number, isRight: boolean): string {
  if (share === 0) return 'var(--surface-sunk)'
  const strength = Math.round(12 + 38 * share)
  return `color-mix(in srgb, var(${isRight ? '--person' : '--trouble'}) ${strength}%, var(--surface))`
}
