import type { ModelWorth } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/use-format.ts'
import classes from './Worth.module.css'

const MOST_SHOWN = 12

/** For each version two bars: what it takes from nothing, and what it took with the guesses. The table says the same. */
export function EditsPlot({ models }: { models: readonly ModelWorth[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const shown = models.slice(-MOST_SHOWN)
  const most = Math.max(0.01, ...shown.flatMap((model) => [model.editsPerImage, model.editsFromNothing]))
  const bar = (value: number, kind: 'nothing' | 'guessed') => (
    <span className={classes.bar} data-kind={kind} style={{ height: `${(value / most) * 100}%` }}>
      <i>{format.number(value, 1)}</i>
    </span>
  )
  return (
    <figure className={classes.figure} aria-hidden>
      <figcaption className={classes.legend}>
        <span data-kind="nothing">{t('worth.fromNothing')}</span>
        <span data-kind="guessed">{t('worth.withGuesses')}</span>
      </figcaption>
      <div className={classes.bars}>
        {shown.map((model) => (
          <div key={model.modelVersionId} className={classes.pair}>
            <div className={classes.pillars}>
              {bar(model.editsFromNothing, 'nothing')}
              {bar(model.editsPerImage, 'guessed')}
            </div>
            <small>{t('worth.version', { number: model.number })}</small>
          </div>
        ))}
      </div>
    </figure>
  )
}
