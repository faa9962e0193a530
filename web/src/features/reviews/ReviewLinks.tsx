import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { holdsRight, type Project } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { meQuery } from '../accounts/account-queries.ts'
import classes from './ReviewLinks.module.css'
import { reviewCountsQuery } from './review-queries.ts'

/** What waits for this person: labels that came back to them, and labels they may decide on. */
export function ReviewLinks({ project }: { project: Project }) {
  const { t } = useTranslation()
  const isOn = project.reviewMode !== 'off'
  const me = useQuery(meQuery).data?.id
  const counts = useQuery({ ...reviewCountsQuery(project.id), enabled: isOn }).data
  if (!isOn || !counts) return null
  const params = { projectId: project.id }
  return (
    <>
      {counts.rejectedMine > 0 && (
        <Link
          className={classes.trouble}
          to="/projects/$projectId/annotate"
          params={params}
          search={{ review: 'rejected', annotatedBy: me }}
        >
          {t('review.toCorrect', { count: counts.rejectedMine })}
        </Link>
      )}
      {holdsRight(project.access, 'review') && counts.unreviewed > 0 && (
        <Link className={classes.waiting} to="/projects/$projectId/review" params={params}>
          {t('review.toReview', { count: counts.unreviewed })}
        </Link>
      )}
    </>
  )
}
