import type { PixelSpacing } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import classes from './ImageStage.module.css'
import { barLength } from './scale-bar.ts'
import type { View } from './view.ts'

/** How long a millimetre is here. Nothing where the file states no spacing: it is never guessed. */
export function ScaleBar({ spacing, view }: { spacing: PixelSpacing | null; view: View }) {
  const { t, i18n } = useTranslation()
  const bar = spacing && barLength(spacing, view)
  if (!bar) return null
  const length = new Intl.NumberFormat(i18n.language, {
    style: 'unit',
    unit: bar.micrometres ? 'micrometer' : bar.mm >= 10 ? 'centimeter' : 'millimeter',
    maximumFractionDigits: 3,
  }).format(bar.micrometres ? bar.mm * 1000 : bar.mm >= 10 ? bar.mm / 10 : bar.mm)
  return (
    <div className={classes.scale} role="img" aria-label={t('stage.scaleOf', { length })}>
      <span style={{ width: bar.pixels }} />
      {length}
      {spacing.plane !== 'object' && <em>{t(`stage.plane.${spacing.plane}`)}</em>}
    </div>
  )
}
