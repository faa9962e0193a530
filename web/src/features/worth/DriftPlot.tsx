import { Text } from '@mantine/core'
import type { InputDrift } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/use-format.ts'
import classes from './Worth.module.css'

/** So many of a hundred images are unlike the others where nothing has changed. */
const USUAL = 0.05
/** From here on something is probably different: another instrument, another stain. */
const NOTABLE = 0.2

/** How many of the latest images are unlike those the model learned from, part by part. */
export function DriftPlot({ drift }: { drift: InputDrift }) {
  const { t } = useTranslation()
  const format = useFormat()
  const shares = drift.windows.map(({ images, unlike }) => (images === 0 ? 0 : unlike / images))
  const latest = shares.at(-1) ?? 0
  const verdict = latest >= NOTABLE ? 'worth.driftNotable' : 'worth.driftUsual'
  return (
    <>
      <Text role={latest >= NOTABLE ? 'alert' : undefined} c={latest >= NOTABLE ? 'var(--trouble)' : undefined}>
        {t(verdict, { share: format.percent(latest), usual: format.percent(USUAL), number: drift.number })}
      </Text>
      <ol className={classes.windows}>
        {drift.windows.map((window, at) => (
          <li key={window.from} title={`${format.date(window.from)} – ${format.date(window.to)}`}>
            <span>{format.ago(window.to)}</span>
            <span className={classes.track}>
              <i
                data-notable={(shares[at] ?? 0) >= NOTABLE}
                style={{ width: `${Math.max(1, (shares[at] ?? 0) * 100)}%` }}
              />
            </span>
            <span>{t('worth.driftWindow', { unlike: window.unlike, images: window.images })}</span>
          </li>
        ))}
      </ol>
    </>
  )
}
