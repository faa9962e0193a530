import { Button, Group, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type Algorithm, BACKBONES, type Backbone, isClassification, type ProjectId, routes } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'
import { Card } from '../../ui/Card.tsx'
import { useProblemText } from '../../ui/use-problem-text.ts'
import { useProject } from '../projects/use-project.ts'
import { ScopeChoice } from '../training/ScopeChoice.tsx'
import { GateFields } from './GateFields.tsx'
import { ScheduleFields } from './ScheduleFields.tsx'

const SIZES = [32, 64, 96, 128, 224, 256]
const MINUTES = [1, 5, 15, 60, 1440, 10_080]

export function AlgorithmForm({ projectId, algorithm }: { projectId: ProjectId; algorithm: Algorithm }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const problemText = useProblemText()
  const { taskType } = useProject()
  const [draft, setDraft] = useState(algorithm)
  const change = (part: Partial<Algorithm>) => setDraft({ ...draft, ...part })
  const save = useMutation({
    mutationFn: () => call(routes.putAlgorithm, { params: { projectId }, body: draft }),
    onSuccess: (saved) => {
      setDraft(saved)
      client.setQueryData(keys.algorithm(projectId), saved)
      void client.invalidateQueries({ queryKey: keys.algorithm(projectId) })
    },
  })
  const intervalName = (minutes: number) => {
    if (minutes === 60) return t('settings.interval.hourly')
    if (minutes === 1440) return t('settings.interval.daily')
    if (minutes === 10_080) return t('settings.interval.weekly')
    return t('settings.interval.minutes', { minutes })
  }
  const withCurrent = (usual: number[], current: number | null) =>
    [...new Set([...usual, ...(current === null ? [] : [current])])].sort((a, b) => a - b)
  const number = (
    name: 'minimumNewAnnotations' | 'budgetMinutes' | 'seed',
    label: string,
    help: string,
    least: number,
  ) => (
    <NumberInput
      label={label}
      description={help}
      min={least}
      value={draft[name]}
      allowDecimal={name === 'budgetMinutes'}
      onChange={(value) => typeof value === 'number' && change({ [name]: value })}
    />
  )
  return (
    <Card title={t('settings.algorithm')} text={t('settings.algorithmText')}>
      <Stack gap="md">
        <Select
          label={t('settings.backbone')}
          description={t(`settings.backbones.${draft.backbone}.text`)}
          value={draft.backbone}
          data={BACKBONES.map((name) => ({ value: name, label: t(`settings.backbones.${name}.name`) }))}
          onChange={(backbone) => change({ backbone: backbone as Backbone })}
        />
        <TextInput
          label={t('settings.start')}
          description={t('settings.startHelp')}
          placeholder={t('settings.startPlaceholder')}
          maxLength={2000}
          value={draft.modelUri ?? ''}
          onChange={(event) => change({ modelUri: event.currentTarget.value.trim() || null })}
        />
        {isClassification(taskType) && (
          <ScopeChoice value={draft.trainingScope ?? 'whole'} onChange={(trainingScope) => change({ trainingScope })} />
        )}
        <Select
          label={t('settings.schedule')}
          description={t('settings.scheduleHelp')}
          value={String(draft.trainingInterval ?? 'never')}
          data={[
            { value: 'never', label: t('settings.interval.never') },
            ...withCurrent(MINUTES, draft.trainingInterval).map((minutes) => ({
              value: String(minutes),
              label: intervalName(minutes),
            })),
          ]}
          onChange={(value) => change({ trainingInterval: value === 'never' ? null : Number(value) })}
        />
        <ScheduleFields draft={draft} onChange={change} />
        {number('minimumNewAnnotations', t('settings.minimum'), t('settings.minimumHelp'), 1)}
        {number('budgetMinutes', t('settings.budget'), t('settings.budgetHelp'), 0.05)}
        <Select
          label={t('settings.imageSize')}
          description={t('settings.imageSizeHelp')}
          value={String(draft.imageSize ?? 'automatic')}
          data={[
            { value: 'automatic', label: t('settings.automatic') },
            ...withCurrent(SIZES, draft.imageSize).map((size) => ({
              value: String(size),
              label: t('settings.pixels', { size }),
            })),
          ]}
          onChange={(value) => change({ imageSize: value === 'automatic' ? null : Number(value) })}
        />
        {!isClassification(taskType) && (
          <Select
            label={t('settings.guessFrames')}
            description={t('settings.guessFramesHelp')}
            value={draft.guessFrames}
            allowDeselect={false}
            data={(['first', 'every'] as const).map((value) => ({ value, label: t(`settings.framesOf.${value}`) }))}
            onChange={(value) => value && change({ guessFrames: value as Algorithm['guessFrames'] })}
          />
        )}
        {number('seed', t('settings.seed'), t('settings.seedHelp'), 0)}
        <GateFields draft={draft} onChange={change} />
        {save.isError && (
          <Text role="alert" c="var(--trouble)">
            {problemText(save.error)}
          </Text>
        )}
        <Group>
          <Button loading={save.isPending} onClick={() => save.mutate()}>
            {t('common.save')}
          </Button>
          {save.isSuccess && <Text c="var(--person)">{t('common.saved')}</Text>}
        </Group>
      </Stack>
    </Card>
  )
}
