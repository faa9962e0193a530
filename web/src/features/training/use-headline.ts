import { headlineOf, type Metrics } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/use-format.ts'

/** Writes the figure by which people compare models: "Accuracy 93.1 %". */
export function useHeadline(): (metrics: Metrics) => string {
  const { t } = useTranslation()
  const format = useFormat()
  return (metrics) => {
    const { name, value } = headlineOf(metrics)
    return `${t(`training.${name}`)} ${value === null ? '–' : format.exactPercent(value)}`
  }
}
