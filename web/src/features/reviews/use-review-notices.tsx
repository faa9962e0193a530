import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { skipToken, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { ServerEvent } from '@vesalius/contracts'
import { useEffect, useEffectEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { keys } from '../../api/keys.ts'
import { meQuery } from '../accounts/account-queries.ts'

type Reviewed = Extract<ServerEvent, { kind: 'reviewed' }>

/** Tells an annotator, wherever they are, that a label of theirs came back. */
export function useReviewNotices(): void {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const me = useQuery(meQuery).data?.id
  const last = useQuery<Reviewed>({ queryKey: keys.lastReview, queryFn: skipToken }).data
  const tell = useEffectEvent((reviewed: Reviewed) => {
    const isMine = reviewed.annotatedBy === me && reviewed.reviewer.id !== me
    if (!isMine || reviewed.decision !== 'rejected') return
    const { imageId, projectId } = reviewed
    notifications.show({
      id: `review of ${imageId}`,
      color: 'cinnabar',
      autoClose: 12_000,
      title: t('review.noticeTitle', { name: reviewed.imageName, reviewer: reviewed.reviewer.username }),
      message: (
        <>
          {reviewed.text}{' '}
          <Button
            size="compact-xs"
            variant="light"
            onClick={() => {
              notifications.hide(`review of ${imageId}`)
              void navigate({
                to: '/projects/$projectId/annotate',
                params: { projectId },
                search: { review: 'rejected', annotatedBy: me, image: imageId },
              })
            }}
          >
            {t('review.correct')}
          </Button>
        </>
      ),
    })
  })
  useEffect(() => {
    if (last) tell(last)
  }, [last])
}
