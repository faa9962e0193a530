import { IconChecks, IconEyeCheck } from '@tabler/icons-react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { holdsRight } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { usePrefetch } from '../../workspace/queue/use-prefetch.ts'
import { useQueue } from '../../workspace/queue/use-queue.ts'
import { FramesProvider } from '../../workspace/viewport/frames/frames-context.tsx'
import type { ImageFilter } from '../images/image-filter.ts'
import { useProject } from '../projects/use-project.ts'
import { ReviewDesk } from './ReviewDesk.tsx'

const WAITING: ImageFilter = { annotated: true, review: 'unreviewed', order: 'oldest' }

/** What waits for a second look, one image after the other. */
export function ReviewPage() {
  const { t } = useTranslation()
  const project = useProject()
  const params = { projectId: project.id }
  if (project.reviewMode === 'off') {
    return (
      <Notice
        icon={<IconEyeCheck size={26} stroke={1.6} />}
        title={t('review.offTitle')}
        actions={
          <LinkButton to="/projects/$projectId/settings" params={params} variant="default">
            {t('review.toSettings')}
          </LinkButton>
        }
      >
        {t('review.offText')}
      </Notice>
    )
  }
  if (!holdsRight(project.access, 'review')) {
    return (
      <Notice icon={<IconEyeCheck size={26} stroke={1.6} />} title={t('review.notYoursTitle')}>
        {t('review.notYoursText')}
      </Notice>
    )
  }
  return (
    <FramesProvider>
      <Queue />
    </FramesProvider>
  )
}

function Queue() {
  const { t } = useTranslation()
  const project = useProject()
  const navigate = useNavigate()
  const search = useSearch({ from: '/app/projects/$projectId/review/' })
  const queue = useQueue(project, WAITING, search.image)
  usePrefetch(queue.items, queue.position)
  const params = { projectId: project.id }
  const show = (image: string) =>
    void navigate({ to: '/projects/$projectId/review', params, search: { image }, replace: true })
  const { pages, items, position, image } = queue
  if (pages.isError && !image) return <ErrorNotice error={pages.error} onRetry={() => void pages.refetch()} />
  if (pages.isPending || queue.isWaiting) return <Waiting />
  if (!image) {
    return (
      <Notice
        icon={<IconChecks size={26} stroke={1.6} />}
        title={t('review.emptyTitle')}
        actions={
          <LinkButton to="/projects/$projectId" params={params} search={{ review: 'rejected' }} variant="default">
            {t('review.showRejected')}
          </LinkButton>
        }
      >
        {t('review.emptyText')}
      </Notice>
    )
  }
  return (
    <ReviewDesk
      project={project}
      image={image}
      place={{ position: position + 1, total: `${items.length}${pages.hasNextPage ? '+' : ''}` }}
      previous={items[position - 1]?.id ?? null}
      next={items[position + 1]?.id ?? null}
      onShow={show}
    />
  )
}
