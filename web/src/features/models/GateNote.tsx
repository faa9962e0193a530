import type { GateDecision } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/use-format.ts'
import { useNames } from '../projects/default-names.ts'

/** Why a version serves or waits, in one or two sentences. */
export function GateNote({ gate }: { gate: GateDecision }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { className } = useNames()
  const { reason, images, score, againstScore, shareBetter } = gate
  const ratio = (value: number | null) => (value === null ? '–' : format.number(value, 3))
  const fallen = gate.classes
    .filter(({ first, second, marked }) => marked > 0 && first !== null && first > (second ?? 0))
    .sort((a, b) => (b.first ?? 0) - (b.second ?? 0) - ((a.first ?? 0) - (a.second ?? 0)))[0]
  return (
    <>
      {t(`models.reason.${reason}`, { images })}
      {reason === 'classFalls' &&
        fallen &&
        ` ${t('models.fallen', { name: className(fallen.name), before: ratio(fallen.first), after: ratio(fallen.second) })}`}
      {score !== null &&
        ` ${t('models.scores', {
          images,
          score: ratio(score),
          against: ratio(againstScore),
          share: shareBetter === null ? '–' : format.percent(shareBetter),
        })}`}
    </>
  )
}
