import { Slider, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../i18n/use-format.ts'
import { type Adjustment, FACTORS } from './adjustment.ts'

interface Props {
  adjustment: Adjustment
  onAdjust: (adjustment: Adjustment) => void
}

export function ColourControls({ adjustment, onAdjust }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  return (['brightness', 'contrast'] as const).map((name) => (
    <div key={name}>
      <Text size="sm">{t(`annotate.${name}`)}</Text>
      <Slider
        mb="sm"
        {...FACTORS}
        step={0.05}
        label={(value) => format.percent(value)}
        thumbLabel={t(`annotate.${name}`)}
        value={adjustment[name]}
        onChange={(value) => onAdjust({ ...adjustment, [name]: value })}
      />
    </div>
  ))
}
