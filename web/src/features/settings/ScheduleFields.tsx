import { Group, Select, Stack, Switch, TextInput } from '@mantine/core'
import type { Algorithm } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'

interface Props {
  draft: Algorithm
  onChange: (part: Partial<Algorithm>) => void
}

const ZONES = Intl.supportedValuesOf('timeZone')
const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone

/** When the project trains by itself: by times of day instead of an interval, and not in quiet hours. */
export function ScheduleFields({ draft, onChange }: Props) {
  const { t } = useTranslation()
  const { trainingCron: cron, quietHours: quiet } = draft
  const zone = (value: string, set: (zone: string) => void) => (
    <Select
      searchable
      label={t('schedule.zone')}
      value={value}
      allowDeselect={false}
      data={[...new Set([...ZONES, 'UTC', value])]}
      onChange={(chosen) => chosen && set(chosen)}
    />
  )
  return (
    <Stack gap="sm">
      <Switch
        label={t('schedule.cron')}
        description={t('schedule.cronHelp')}
        checked={cron !== null}
        onChange={(event) =>
          onChange({
            trainingCron: event.currentTarget.checked ? { expression: '0 3 * * *', timeZone: ownZone() } : null,
          })
        }
      />
      {cron && (
        <Group grow align="end">
          <TextInput
            label={t('schedule.expression')}
            value={cron.expression}
            onChange={(event) => onChange({ trainingCron: { ...cron, expression: event.currentTarget.value } })}
          />
          {zone(cron.timeZone, (timeZone) => onChange({ trainingCron: { ...cron, timeZone } }))}
        </Group>
      )}
      <Switch
        label={t('schedule.quiet')}
        description={t('schedule.quietHelp')}
        checked={quiet !== null}
        onChange={(event) =>
          onChange({
            quietHours: event.currentTarget.checked ? { from: '08:00', to: '18:00', timeZone: ownZone() } : null,
          })
        }
      />
      {quiet && (
        <Group grow align="end">
          {(['from', 'to'] as const).map((end) => (
            <TextInput
              key={end}
              type="time"
              label={t(`schedule.${end}`)}
              value={quiet[end]}
              onChange={(event) => onChange({ quietHours: { ...quiet, [end]: event.currentTarget.value } })}
            />
          ))}
          {zone(quiet.timeZone, (timeZone) => onChange({ quietHours: { ...quiet, timeZone } }))}
        </Group>
      )}
    </Stack>
  )
}
