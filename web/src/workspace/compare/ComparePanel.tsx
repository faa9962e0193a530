import { useTranslation } from 'react-i18next'
import { useNames } from '../../features/projects/default-names.ts'
import { useFormat } from '../../i18n/use-format.ts'
import type { Mark } from '../marks/mark.ts'
import type { MarkingDesk } from '../marks/use-marking.ts'
import classes from './Compare.module.css'
import type { Comparison } from './compare-marks.ts'

interface Props {
  classNames: readonly string[]
  desk: MarkingDesk
  comparison: Comparison | null
}

/** What a person changed of the model's guess, mark by mark. */
export function ComparePanel({ classNames, desk, comparison }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const { className } = useNames()
  if (!comparison) return <p className={classes.none}>{t('compare.none')}</p>
  const { kept, changed, added, removed } = comparison
  const nameOf = (mark: Mark) => className(classNames[mark.class] ?? '')
  return (
    <section className={classes.panel} aria-label={t('compare.title')}>
      <h3>{t('compare.title')}</h3>
      <ul className={classes.counts}>
        <li data-kind="kept">{t('compare.kept', { count: kept.length })}</li>
        <li data-kind="changed">{t('compare.changed', { count: changed.length })}</li>
        <li data-kind="added">{t('compare.added', { count: added.length })}</li>
        <li data-kind="removed">{t('compare.removed', { count: removed.length })}</li>
      </ul>
      {changed.length > 0 && (
        <ul className={classes.list}>
          {changed.map(({ guess, now, overlap }) => (
            <li key={now.id}>
              <button type="button" data-answer={now.id} onClick={() => desk.select([now.id])}>
                {guess.class === now.class
                  ? nameOf(now)
                  : t('compare.renamed', { before: nameOf(guess), after: nameOf(now) })}
              </button>
              <span>{t('compare.overlap', { share: format.percent(overlap) })}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
