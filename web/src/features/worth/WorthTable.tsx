import type { ModelWorth, Worth } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/use-format.ts'
import classes from './Worth.module.css'

/** Every version that people have worked with, newest first, and work without any. */
export function WorthTable({ models, byHand }: { models: readonly ModelWorth[]; byHand: Worth['byHand'] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const time = (seconds: number | null) => (seconds === null ? '–' : format.duration(seconds))
  const head = ['images', 'accepted', 'kept', 'changed', 'relabelled', 'added', 'removed', 'time'] as const
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <section className={classes.scroll} tabIndex={0} aria-label={t('worth.tableLabel')}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('worth.model')}</th>
            {head.map((name) => (
              <th key={name} scope="col">
                {t(`worth.column.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {models.map((model) => (
            <tr key={model.modelVersionId}>
              <th scope="row">{t('worth.version', { number: model.number })}</th>
              <td>{format.number(model.images)}</td>
              <td>{model.images === 0 ? '–' : format.percent(model.unchanged / model.images)}</td>
              {(['kept', 'changed', 'relabelled', 'added', 'removed'] as const).map((name) => (
                <td key={name}>{format.number(model.edits[name])}</td>
              ))}
              <td>{time(model.seconds)}</td>
            </tr>
          ))}
          <tr>
            <th scope="row">{t('worth.byHand')}</th>
            <td>{format.number(byHand.images)}</td>
            <td colSpan={6} />
            <td>{time(byHand.seconds)}</td>
          </tr>
        </tbody>
      </table>
    </section>
  )
}
