import { useQuery } from '@tanstack/react-query'
import type { Image } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/use-format.ts'
import classes from './Remarks.module.css'
import { reviewsQuery } from './review-queries.ts'

/** What the last reviewer decided, while it holds for the label that is there. */
export function ReviewBanner({ image }: { image: Image }) {
  const { t } = useTranslation()
  const format = useFormat()
  const last = useQuery({ ...reviewsQuery(image.id), enabled: image.review !== 'unreviewed' }).data?.[0]
  if (image.review === 'unreviewed') return null
  const words = last ? { name: last.reviewer.username, when: format.ago(last.createdAt) } : null
  return (
    <div className={classes[image.review]} role="status">
      <strong>{t(`review.${image.review}`)}</strong> {words && t('review.decidedBy', words)}
      {last?.text && <p className={classes.text}>{last.text}</p>}
    </div>
  )
}
