import { Fieldset, NumberInput, Select, Stack, Text } from '@mantine/core'
import { type Algorithm, isClassification, SELECTION_STRATEGIES, type SelectionStrategy } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { useProject } from '../projects/use-project.ts'

interface Props {
  draft: Algorithm
  onChange: (part: Partial<Algorithm>) => void
}

/** What a new model must show before it makes the guesses, what counts as a guess, and what comes next in the queue. */
export function GateFields({ draft, onChange }: Props) {
  const { t } = useTranslation()
  const { taskType } = useProject()
  const { gate } = draft
  const share = (name: 'confidence' | 'classMargin', least: number, most: number) => (
    <NumberInput
      label={t(`gate.${name}`)}
      description={t(`gate.${name}Help`)}
      suffix=" %"
      min={least * 100}
      max={most * 100}
      value={Math.round(gate[name] * 1000) / 10}
      onChange={(value) => typeof value === 'number' && onChange({ gate: { ...gate, [name]: value / 100 } })}
    />
  )
  return (
    <>
      <Fieldset legend={t('gate.title')}>
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            {t('gate.text')}
          </Text>
          <Select
            label={t('gate.promotes')}
            value={gate.promotes}
            allowDeselect={false}
            data={(['automatic', 'person'] as const).map((value) => ({ value, label: t(`gate.by.${value}`) }))}
            onChange={(value) => onChange({ gate: { ...gate, promotes: value === 'person' ? 'person' : 'automatic' } })}
          />
          {share('confidence', 0.5, 0.999)}
          {share('classMargin', 0, 1)}
          <NumberInput
            label={t('gate.minimumImages')}
            description={t('gate.minimumImagesHelp')}
            min={5}
            max={10_000}
            allowDecimal={false}
            value={gate.minimumImages}
            onChange={(value) => typeof value === 'number' && onChange({ gate: { ...gate, minimumImages: value } })}
          />
        </Stack>
      </Fieldset>
      {!isClassification(taskType) && (
        <NumberInput
          label={t('gate.guessThreshold')}
          description={t('gate.guessThresholdHelp')}
          suffix=" %"
          min={0}
          max={100}
          placeholder={t('settings.automatic')}
          value={draft.guessThreshold === null ? '' : Math.round(draft.guessThreshold * 100)}
          onChange={(value) => onChange({ guessThreshold: typeof value === 'number' ? value / 100 : null })}
        />
      )}
      <Select
        label={t('gate.queueOrder')}
        description={t(`gate.queue.${draft.queueOrder}.text`)}
        value={draft.queueOrder}
        allowDeselect={false}
        data={SELECTION_STRATEGIES.map((value) => ({ value, label: t(`gate.queue.${value}.name`) }))}
        onChange={(value) => value && onChange({ queueOrder: value as SelectionStrategy })}
      />
      <NumberInput
        label={t('gate.memory')}
        description={t('gate.memoryHelp')}
        suffix=" MiB"
        min={256}
        max={1_048_576}
        allowDecimal={false}
        placeholder={t('gate.memoryNone')}
        value={draft.memoryLimitMb ?? ''}
        onChange={(value) => onChange({ memoryLimitMb: typeof value === 'number' ? value : null })}
      />
    </>
  )
}
