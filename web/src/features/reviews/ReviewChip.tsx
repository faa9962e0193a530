import { IconArrowBackUp, IconChecks, IconMessage } from '@tabler/icons-react'
import type { Image, Project } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import chips from '../images/GalleryPage.module.css'

/** What came of the review of an image, and how many remarks are open. */
export function ReviewChip({ project, image }: { project: Project; image: Image }) {
  const { t } = useTranslation()
  if (project.reviewMode === 'off') return null
  return (
    <>
      {image.review === 'rejected' && (
        <span className={`${chips.chip} ${chips.trouble}`}>
          <IconArrowBackUp size={12} stroke={2.5} /> {t('review.rejected')}
        </span>
      )}
      {image.review === 'accepted' && (
        <span className={`${chips.chip} ${chips.person}`} title={t('review.accepted')}>
          <IconChecks size={13} stroke={2.5} role="img" aria-label={t('review.accepted')} />
        </span>
      )}
      {image.openComments > 0 && (
        <span className={`${chips.chip} ${chips.waiting}`} title={t('remarks.count', { count: image.openComments })}>
          <IconMessage size={12} /> {image.openComments}
        </span>
      )}
    </>
  )
}
