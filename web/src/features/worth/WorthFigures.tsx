import type { ModelWorth, Worth } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/use-format.ts'
import { Card } from '../../ui/Card.tsx'
import { Figure } from '../training/Figure.tsx'
import classes from './Worth.module.css'

/** Four figures of the newest version that people have worked with. */
export function WorthFigures({ newest, byHand }: { newest: ModelWorth; byHand: Worth['byHand'] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { images, unchanged, editsPerImage, editsFromNothing, seconds } = newest
  const saved = seconds !== null && byHand.seconds !== null ? byHand.seconds - seconds : null
  return (
    <Card title={t('worth.newest', { number: newest.number, count: images })}>
      <div className={classes.figures}>
        <Figure label={t('worth.accepted')} value={images === 0 ? '–' : format.percent(unchanged / images)}>
          {t('worth.acceptedHelp', { unchanged, images })}
        </Figure>
        <Figure label={t('worth.edits')} value={format.number(editsPerImage, 1)}>
          {t('worth.editsHelp', { nothing: format.number(editsFromNothing, 1) })}
        </Figure>
        <Figure label={t('worth.saved')} value={saved === null ? '–' : format.duration(Math.max(0, saved))}>
          {saved === null
            ? t('worth.savedUnknown')
            : t('worth.savedHelp', {
                now: format.duration(seconds ?? 0),
                before: format.duration(byHand.seconds ?? 0),
              })}
        </Figure>
        <Figure
          label={t('worth.calibration')}
          value={newest.calibrationError === null ? '–' : format.exactPercent(newest.calibrationError)}
        >
          {t(newest.calibrationError === null ? 'worth.calibrationUnknown' : 'worth.calibrationHelp')}
        </Figure>
      </div>
    </Card>
  )
}
