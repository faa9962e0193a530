import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type Project, ReviewState, type UserId } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import type { ImageFilter } from '../images/image-filter.ts'
import { reviewersQuery } from './review-queries.ts'

interface Props {
  project: Project
  filter: ImageFilter
  onNarrow: (change: ImageFilter) => void
}

/** Narrows a list by what came of the review, and by who reviewed. */
export function ReviewFilter({ project, filter, onNarrow }: Props) {
  const { t } = useTranslation()
  const reviewers = useQuery({ ...reviewersQuery(project.id), enabled: project.reviewMode !== 'off' }).data ?? []
  if (project.reviewMode === 'off') return null
  return (
    <>
      <Select
        w={130}
        aria-label={t('review.filter')}
        value={filter.review ?? 'any'}
        data={[
          { value: 'any', label: t('review.any') },
          ...ReviewState.options.map((state) => ({ value: state, label: t(`review.${state}`) })),
        ]}
        onChange={(value) => onNarrow({ review: ReviewState.options.find((state) => state === value) })}
      />
      {reviewers.length > 0 && (
        <Select
          w={140}
          aria-label={t('review.filterReviewer')}
          value={filter.reviewedBy ?? 'any'}
          data={[
            { value: 'any', label: t('review.anyReviewer') },
            ...reviewers.map(({ id, username }) => ({ value: id, label: username })),
          ]}
          onChange={(value) => onNarrow({ reviewedBy: value === 'any' ? undefined : (value as UserId) })}
        />
      )}
    </>
  )
}
