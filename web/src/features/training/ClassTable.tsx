import { Table } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/use-format.ts'
import { useNames } from '../projects/default-names.ts'
import classes from './TrainingPage.module.css'

type Column = 'precision' | 'recall' | 'f1' | 'auroc' | 'ap50' | 'dice' | 'iou'

interface Props {
  rows: readonly ({ name: string; support: number } & Partial<Record<Column, number | null>>)[]
  columns: readonly Column[]
}

/** Figures class by class; columns are named by their keys, with help on hover. */
export function ClassTable({ rows, columns }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const { className } = useNames()
  return (
    <div className={classes.scroll}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('training.class')}</Table.Th>
            <Table.Th ta="right">{t('training.support')}</Table.Th>
            {columns.map((name) => (
              <Table.Th key={name} ta="right" title={t(`training.${name}Help`)}>
                {t(`training.${name}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.name}>
              <Table.Td>{className(row.name)}</Table.Td>
              <Table.Td ta="right">{format.number(row.support)}</Table.Td>
              {columns.map((name) => {
                const value = row[name] ?? null
                return (
                  <Table.Td key={name} ta="right">
                    {value === null ? '–' : format.number(value, 3)}
                  </Table.Td>
                )
              })}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}
