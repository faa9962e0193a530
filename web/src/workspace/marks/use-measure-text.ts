import type { PixelSpacing } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/use-format.ts'
import { type Measurement, measure } from './measure.ts'

/** A measurement in words; empty while points are missing. */
export function useMeasureText(spacing: PixelSpacing | null): (measurement: Measurement) => string {
  const { t } = useTranslation()
  const format = useFormat()
  return (measurement) => {
    const found = measure(measurement, spacing)
    return found ? t(`measure.${found.unit}`, { value: format.number(found.value, 1) }) : ''
  }
}
