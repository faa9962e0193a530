import { Group, Modal, Select, Stack, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type ComparisonId, type ModelVersion, type Project, routes } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { useProblemText } from '../../ui/use-problem-text.ts'
import { Waiting } from '../../ui/Waiting.tsx'
import { ComparisonView } from './ComparisonView.tsx'
import { comparisonQuery } from './model-queries.ts'

interface Props {
  project: Project
  models: readonly ModelVersion[]
  /** The comparison that the gate made, to begin with. */
  shown?: ComparisonId | null
  pair: readonly [ModelVersion | undefined, ModelVersion | undefined]
  onClose: () => void
}

/** Two versions beside each other, on the images that trained neither. */
export function CompareDialog({ project, models, shown, pair, onClose }: Props) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  const [ids, setIds] = useState<[string | null, string | null]>([pair[0]?.id ?? null, pair[1]?.id ?? null])
  const [comparisonId, setComparisonId] = useState<ComparisonId | null>(shown ?? null)
  const ask = useMutation({
    mutationFn: ([first, second]: [string, string]) =>
      call(routes.compareModels, {
        params: { projectId: project.id },
        body: { firstId: first, secondId: second } as never,
      }),
    onSuccess: ({ id }) => setComparisonId(id),
  })
  const usable = models.filter(({ imported }) => imported?.canPredict !== false)
  const choose = (place: 0 | 1, id: string | null) => {
    const next: typeof ids = place === 0 ? [id, ids[1]] : [ids[0], id]
    setIds(next)
    setComparisonId(null)
    if (next[0] && next[1] && next[0] !== next[1]) ask.mutate([next[0], next[1]])
  }
  const choice = (place: 0 | 1) => (
    <Select
      label={t(place === 0 ? 'models.compareFirst' : 'models.compareSecond')}
      value={ids[place]}
      allowDeselect={false}
      data={usable
        .filter(({ id }) => id !== ids[1 - place])
        .map(({ id, number }) => ({ value: id, label: t('training.modelNumber', { number }) }))}
      onChange={(id) => choose(place, id)}
    />
  )
  return (
    <Modal opened size="xl" onClose={onClose} title={t('models.compare')}>
      <Stack>
        <Group grow>
          {choice(0)}
          {choice(1)}
        </Group>
        {ask.isError && (
          <Text role="alert" c="var(--trouble)">
            {problemText(ask.error)}
          </Text>
        )}
        {!comparisonId && !ask.isPending && <Text c="dimmed">{t('models.compareHelp')}</Text>}
        {ask.isPending && <Waiting />}
        {comparisonId && <Shown project={project} models={models} comparisonId={comparisonId} />}
      </Stack>
    </Modal>
  )
}

function Shown({ comparisonId, ...rest }: Pick<Props, 'project' | 'models'> & { comparisonId: ComparisonId }) {
  const problemText = useProblemText()
  const { data, error } = useQuery(comparisonQuery(comparisonId))
  const problem = data?.error ?? error
  if (problem) {
    return (
      <Text role="alert" c="var(--trouble)">
        {problemText(problem)}
      </Text>
    )
  }
  if (!data?.result) return <Waiting />
  return <ComparisonView {...rest} comparison={data} result={data.result} />
}
