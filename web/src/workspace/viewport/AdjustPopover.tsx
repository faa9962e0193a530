import { ActionIcon, Button, Popover, Slider, Switch, Text } from '@mantine/core'
import { IconBrightness } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/use-format.ts'
import { type Adjustment, NO_ADJUSTMENT } from './adjustment.ts'

interface Props {
  adjustment: Adjustment
  onAdjust: (adjustment: Adjustment) => void
}

export function AdjustPopover({ adjustment, onAdjust }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <Popover position="top" width={240} shadow="md" trapFocus>
      <Popover.Target>
        <ActionIcon variant="subtle" aria-label={t('annotate.adjust')} title={t('annotate.adjust')}>
          <IconBrightness size={17} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('annotate.adjust')}>
        {(['brightness', 'contrast'] as const).map((name) => (
          <div key={name}>
            <Text size="sm">{t(`annotate.${name}`)}</Text>
            <Slider
              mb="sm"
              min={0.3}
              max={3}
              step={0.05}
              label={(value) => format.percent(value)}
              thumbLabel={t(`annotate.${name}`)}
              value={adjustment[name]}
              onChange={(value) => onAdjust({ ...adjustment, [name]: value })}
            />
          </div>
        ))}
        <Switch
          label={t('annotate.invert')}
          checked={adjustment.inverted}
          onChange={() => onAdjust({ ...adjustment, inverted: !adjustment.inverted })}
        />
        <Button mt="sm" fullWidth variant="default" size="xs" onClick={() => onAdjust(NO_ADJUSTMENT)}>
          {t('annotate.reset')}
        </Button>
      </Popover.Dropdown>
    </Popover>
  )
}
