import type { Agreement, Project } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/use-format.ts'
import { Card } from '../../ui/Card.tsx'
import { useNames } from '../projects/default-names.ts'
import classes from './Agreement.module.css'

/** The same figure class by class: for each pair, and over all readers. */
export function AgreementTable({ project, agreement }: { project: Project; agreement: Agreement }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { className } = useNames()
  const { pairs, readers, fleiss } = agreement
  const nameOf = (id: string) => readers.find((reader) => reader.id === id)?.username ?? ''
  const figure = (value: number | null | undefined) => (value == null ? '–' : format.number(value, 2))
  if (pairs.every(({ perClass }) => perClass.length === 0)) return null
  return (
    <Card title={t('agreement.perClass')}>
      <div className={classes.scroll}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t('agreement.class')}</th>
              {pairs.map(({ a, b }) => (
                <th key={a + b} scope="col">
                  {nameOf(a)} – {nameOf(b)}
                </th>
              ))}
              {fleiss && <th scope="col">{t('agreement.allReaders')}</th>}
            </tr>
          </thead>
          <tbody>
            {project.classes.map((name, index) => (
              <tr key={name}>
                <th scope="row">{className(name)}</th>
                {pairs.map(({ a, b, perClass }) => (
                  <td key={a + b}>{figure(perClass.find((entry) => entry.class === index)?.value)}</td>
                ))}
                {fleiss && <td>{figure(fleiss.perClass.find((entry) => entry.class === index)?.value)}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  )
}
