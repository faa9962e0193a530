import { Table } from '@mantine/core'
import type { ClassificationMetrics, ModelVersion } from '@vesalius/contracts'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/use-format.ts'
import { Card } from '../../ui/Card.tsx'
import { useNames } from '../projects/default-names.ts'
import { ConfusionMatrix } from './ConfusionMatrix.tsx'
import classes from './TrainingPage.module.css'

interface Props {
  model: ModelVersion
  metrics: ClassificationMetrics
}

/** What a model can do, measured on images it never saw, in figures and in words. */
export function RunResult({ model, metrics }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const { className } = useNames()
  const { accuracy, accuracyInterval, auroc, ece, balancedAccuracy } = metrics
  const share = (value: number | null) => (value === null ? t('common.notYet') : format.exactPercent(value))
  const ratio = (value: number | null) => (value === null ? '–' : format.number(value, 3))
  const trust = ece === null ? null : ece < 0.05 ? 'eceGood' : ece < 0.15 ? 'eceFair' : 'ecePoor'
  return (
    <Card
      title={t('training.lastResult')}
      text={t('training.resultFrom', { number: model.number, images: metrics.images })}
    >
      <div className={classes.stack}>
        <div className={classes.figures}>
          <Figure label={t('training.accuracy')} value={share(accuracy)}>
            {accuracy !== null && t('training.accuracyPlain', { count: Math.round(accuracy * 10) })}
            <br />
            {accuracyInterval &&
              t('training.interval', {
                low: format.exactPercent(accuracyInterval[0]),
                high: format.exactPercent(accuracyInterval[1]),
              })}
          </Figure>
          <Figure label={t('training.balanced')} value={share(balancedAccuracy)}>
            {t('training.balancedHelp')}
          </Figure>
          <Figure label={t('training.auroc')} value={ratio(auroc)}>
            {t('training.aurocHelp')}
          </Figure>
          <Figure label={t('training.ece')} value={ratio(ece)}>
            {ece !== null && t('training.ecePlain', { points: format.exactPercent(ece) })}
            <br />
            {trust && t(`training.${trust}`)}
          </Figure>
        </div>
        <ConfusionMatrix names={model.classes.map(className)} counts={metrics.confusion} />
        <div className={classes.scroll}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('training.class')}</Table.Th>
                <Table.Th ta="right">{t('training.support')}</Table.Th>
                {(['precision', 'recall', 'f1'] as const).map((name) => (
                  <Table.Th key={name} ta="right" title={t(`training.${name}Help`)}>
                    {t(`training.${name}`)}
                  </Table.Th>
                ))}
                <Table.Th ta="right">{t('training.auroc')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {metrics.perClass.map((row) => (
                <Table.Tr key={row.name}>
                  <Table.Td>{className(row.name)}</Table.Td>
                  <Table.Td ta="right">{format.number(row.support)}</Table.Td>
                  <Table.Td ta="right">{ratio(row.precision)}</Table.Td>
                  <Table.Td ta="right">{ratio(row.recall)}</Table.Td>
                  <Table.Td ta="right">{ratio(row.f1)}</Table.Td>
                  <Table.Td ta="right">{ratio(row.auroc)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      </div>
    </Card>
  )
}

function Figure({ label, value, children }: { label: string; value: string; children: ReactNode }) {
  return (
    <div>
      <div className={classes.label}>{label}</div>
      <div className={classes.value}>{value}</div>
      <div className={classes.help}>{children}</div>
    </div>
  )
}
