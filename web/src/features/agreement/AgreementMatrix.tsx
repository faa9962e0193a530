import type { Agreement } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/use-format.ts'
import classes from './Agreement.module.css'

/** Every pair of readers; the deeper the colour, the more they agree. */
export function AgreementMatrix({ agreement }: { agreement: Agreement }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { readers, pairs, fleiss } = agreement
  const figure = (value: number | null) => (value === null ? t('common.notYet') : format.number(value, 2))
  return (
    <>
      {fleiss && (
        <p className={classes.headline}>
          {t('agreement.fleiss')} <strong>{figure(fleiss.value)}</strong>{' '}
          {fleiss.interval && (
            <span>
              {t('agreement.interval', { low: figure(fleiss.interval[0]), high: figure(fleiss.interval[1]) })}
            </span>
          )}{' '}
          <span>{t('studies.images', { count: fleiss.images })}</span>
        </p>
      )}
      <div className={classes.scroll}>
        <table className={classes.matrix}>
          <thead>
            <tr>
              <td />
              {readers.map(({ id, username }) => (
                <th key={id} scope="col">
                  {username}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {readers.map((row) => (
              <tr key={row.id}>
                <th scope="row">{row.username}</th>
                {readers.map((column) => {
                  const pair = pairs.find(
                    ({ a, b }) => (a === row.id && b === column.id) || (a === column.id && b === row.id),
                  )
                  if (!pair) return <td key={column.id} className={classes.self} />
                  const depth = Math.round(70 * Math.max(0, pair.value ?? 0))
                  return (
                    <td
                      key={column.id}
                      style={{ background: `color-mix(in srgb, var(--person-fill) ${depth}%, var(--surface))` }}
                    >
                      <strong>{figure(pair.value)}</strong>
                      {pair.interval && (
                        <small>
                          {t('agreement.interval', { low: figure(pair.interval[0]), high: figure(pair.interval[1]) })}
                        </small>
                      )}
                      {pair.beside !== null && (
                        <small>
                          {t(`agreement.beside.${agreement.measure}`, { value: format.percent(pair.beside) })}
                        </small>
                      )}
                      <small>{t('studies.images', { count: pair.images })}</small>
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}
