import { Group, NumberInput, Select, Stack } from '@mantine/core'
import type { QuotaSetting, SetQuota } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'

const GIGABYTE = 1e9

interface Props<Value extends SetQuota> {
  value: Value
  /** Whether the installation's default may be chosen. */
  hasDefault: boolean
  onChange: (value: Value) => void
}

/** Storage in gigabytes and trainings at a time: the default, no limit, or a number. */
export function QuotaFields<Value extends SetQuota>({ value, hasDefault, onChange }: Props<Value>) {
  const { t } = useTranslation()
  return (
    <Stack gap="sm">
      <Limit
        label={t('quotas.storage')}
        unit={t('quotas.gigabytes')}
        value={typeof value.storageBytes === 'number' ? value.storageBytes / GIGABYTE : value.storageBytes}
        initial={100}
        most={1_000_000}
        isWhole={false}
        hasDefault={hasDefault}
        onChange={(next) =>
          onChange({ ...value, storageBytes: typeof next === 'number' ? Math.round(next * GIGABYTE) : next })
        }
      />
      <Limit
        label={t('quotas.runs')}
        unit={t('quotas.atATime')}
        value={value.activeRuns}
        initial={2}
        most={1000}
        isWhole
        hasDefault={hasDefault}
        onChange={(activeRuns) => onChange({ ...value, activeRuns })}
      />
    </Stack>
  )
}

interface LimitProps {
  label: string
  unit: string
  value: QuotaSetting
  /** What stands there when a number is chosen. */
  initial: number
  most: number
  isWhole: boolean
  hasDefault: boolean
  onChange: (value: QuotaSetting) => void
}

function Limit({ label, unit, value, initial, most, isWhole, hasDefault, onChange }: LimitProps) {
  const { t } = useTranslation()
  const kind = value === null ? 'none' : value === 'default' ? 'default' : 'limit'
  const kinds = (hasDefault ? (['default', 'none', 'limit'] as const) : (['none', 'limit'] as const)).map((each) => ({
    value: each,
    label: t(`quotas.kinds.${each}`),
  }))
  return (
    <Group gap="xs" align="end">
      <Select
        style={{ flex: 1, minWidth: 160 }}
        label={label}
        allowDeselect={false}
        data={kinds}
        value={kind}
        onChange={(next) => onChange(next === 'none' ? null : next === 'default' ? 'default' : initial)}
      />
      {typeof value === 'number' && (
        <NumberInput
          w={160}
          aria-label={`${label}, ${unit}`}
          suffix={` ${unit}`}
          min={0}
          max={most}
          allowDecimal={!isWhole}
          decimalScale={3}
          value={value}
          onChange={(next) => typeof next === 'number' && onChange(next)}
        />
      )}
    </Group>
  )
}
