import { ActionIcon, Checkbox, Group, Indicator, Popover, RangeSlider, Stack, Text, TextInput } from '@mantine/core'
import { IconAdjustments } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { Person } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/use-format.ts'
import { meQuery } from '../accounts/account-queries.ts'
import { PersonSelect } from '../people/PersonSelect.tsx'
import { countRareFilters, type ImageFilter } from './image-filter.ts'

interface Props {
  filter: ImageFilter
  onNarrow: (change: ImageFilter) => void
}

/** Filters that are asked for less often: how sure the model is, who annotated, text in the picture, when it was uploaded. */
export function RareFilters({ filter, onNarrow }: Props) {
  const { t } = useTranslation()
  const count = countRareFilters(filter)
  return (
    <Popover position="bottom-start" width={300} shadow="md" trapFocus withinPortal>
      <Indicator disabled={count === 0} label={count} size={16} color="verdigris">
        <Popover.Target>
          <ActionIcon variant="default" size={36} aria-label={t('filters.more')} title={t('filters.more')}>
            <IconAdjustments size={16} />
          </ActionIcon>
        </Popover.Target>
      </Indicator>
      <Popover.Dropdown aria-label={t('filters.more')}>
        <Stack gap="md">
          <ScoreRange filter={filter} onNarrow={onNarrow} />
          <Annotator filter={filter} onNarrow={onNarrow} />
          <Checkbox
            label={t('filters.burnedIn')}
            checked={filter.burnedIn === true}
            onChange={(event) => onNarrow({ burnedIn: event.currentTarget.checked || undefined })}
          />
          <div>
            <Text size="sm" fw={500}>
              {t('filters.uploaded')}
            </Text>
            {(['from', 'to'] as const).map((end) => (
              <TextInput
                key={end}
                mt={6}
                type="date"
                label={t(`filters.${end}`)}
                value={filter[end] ?? ''}
                onChange={(event) => onNarrow({ [end]: event.currentTarget.value || undefined })}
              />
            ))}
          </div>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}

function ScoreRange({ filter, onNarrow }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const [moving, setMoving] = useState<[number, number] | null>(null)
  const settled: [number, number] = [filter.scoreFrom ?? 0, filter.scoreTo ?? 1]
  return (
    <div>
      <Group justify="space-between" gap="xs">
        <Text size="sm" fw={500}>
          {t('filters.score')}
        </Text>
        <Text size="sm" c="dimmed">
          {(moving ?? settled).map((value) => format.percent(value)).join(' – ')}
        </Text>
      </Group>
      <RangeSlider
        mt={6}
        mb="sm"
        min={0}
        max={1}
        step={0.01}
        minRange={0}
        label={null}
        thumbFromLabel={t('filters.scoreFrom')}
        thumbToLabel={t('filters.scoreTo')}
        value={moving ?? settled}
        onChange={setMoving}
        onChangeEnd={([scoreFrom, scoreTo]) => {
          setMoving(null)
          onNarrow({
            scoreFrom: scoreFrom > 0 ? scoreFrom : undefined,
            scoreTo: scoreTo < 1 ? scoreTo : undefined,
          })
        }}
      />
    </div>
  )
}

function Annotator({ filter, onNarrow }: Props) {
  const { t } = useTranslation()
  const me = useQuery(meQuery).data
  const [chosen, setChosen] = useState<Person | null>(null)
  const known = me ? [{ id: me.id, username: me.username }] : []
  const value = [...known, ...(chosen ? [chosen] : [])].find(({ id }) => id === filter.annotatedBy) ?? null
  return (
    <PersonSelect
      label={t('filters.annotatedBy')}
      known={known}
      value={value}
      onChange={(person) => {
        setChosen(person)
        onNarrow({ annotatedBy: person?.id })
      }}
    />
  )
}
