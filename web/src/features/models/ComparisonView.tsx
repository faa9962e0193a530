import { Table, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Comparison, ComparisonResult, ModelVersion, Project } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/use-format.ts'
import { useNames } from '../projects/default-names.ts'
import { CurveChart } from '../training/CurveChart.tsx'
import { runsQuery } from '../training/training-queries.ts'
import { Disagreements } from './Disagreements.tsx'

interface Props {
  project: Project
  models: readonly ModelVersion[]
  comparison: Comparison
  result: ComparisonResult
}

/** Table, curves, and the images two versions disagree on. */
export function ComparisonView({ project, models, comparison, result }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const { className } = useNames()
  const runs = useQuery(runsQuery(project.id)).data ?? []
  const modelOf = (id: string) => models.find((model) => model.id === id)
  const [first, second] = [modelOf(comparison.firstId), modelOf(comparison.secondId)]
  const nameOf = (model: ModelVersion | undefined) =>
    model ? t('training.modelNumber', { number: model.number }) : t('models.gone')
  const ratio = (value: number | null) => (value === null ? '–' : format.number(value, 3))
  const metric = (side: 'first' | 'second', name: 'accuracy' | 'auroc' | 'ece') => {
    const { metrics } = result[side]
    return metrics?.kind === 'classification' ? metrics[name] : null
  }
  const rows: [string, number | null, number | null][] = [
    [t('models.score'), result.first.score, result.second.score],
    ...(result.first.metrics?.kind === 'classification'
      ? (['accuracy', 'auroc', 'ece'] as const).map((name): [string, number | null, number | null] => [
          t(`training.${name}`),
          metric('first', name),
          metric('second', name),
        ])
      : []),
    ...result.classes.map((change): [string, number | null, number | null] => [
      className(change.name),
      change.first,
      change.second,
    ]),
  ]
  const curveOf = (model: ModelVersion | undefined) =>
    runs.find((run) => run.modelVersionId === model?.id)?.curve.map((point) => point.validationLoss) ?? []
  const curves = [curveOf(first), curveOf(second)] as const
  const length = Math.max(curves[0].length, curves[1].length)
  const padded = (curve: readonly (number | null)[]) => Array.from({ length }, (_, at) => curve[at] ?? null)
  return (
    <>
      <Text>
        {result.images === 0
          ? t('models.noHeldOut')
          : t('models.compared', { images: result.images, groups: result.groups })}{' '}
        {result.shareBetter !== null &&
          result.interval &&
          t('models.verdict', {
            second: nameOf(second),
            share: format.percent(result.shareBetter),
            low: format.number(result.interval[0], 3),
            high: format.number(result.interval[1], 3),
          })}
      </Text>
      {result.images > 0 && (
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Td />
              <Table.Th ta="right">{nameOf(first)}</Table.Th>
              <Table.Th ta="right">{nameOf(second)}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(([label, before, after]) => (
              <Table.Tr key={label}>
                <Table.Th fw={500}>{label}</Table.Th>
                <Table.Td ta="right">{ratio(before)}</Table.Td>
                <Table.Td ta="right">{ratio(after)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {length > 1 && (
        <CurveChart
          title={t('training.loss')}
          help={t('training.lossHelp')}
          names={[nameOf(first), nameOf(second)]}
          epochs={Array.from({ length }, (_, at) => at + 1)}
          training={padded(curves[0])}
          validation={padded(curves[1])}
        />
      )}
      <Disagreements project={project} result={result} names={[nameOf(first), nameOf(second)]} />
    </>
  )
}
