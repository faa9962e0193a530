import { Button } from '@mantine/core'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type Notification, routes } from '@vesalius/contracts'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { useAct } from '../../ui/use-act.ts'
import { Waiting } from '../../ui/Waiting.tsx'
import { inBrief } from '../messages/in-brief.ts'
import classes from './Notifications.module.css'

/** What one is told of, newest first; each leads to what it is about. */
export function NotificationList({ onLeave }: { onLeave: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const act = useAct()
  const notes = useInfiniteQuery({
    queryKey: keys.notifications,
    queryFn: ({ pageParam, signal }) =>
      call(routes.listNotifications, { query: { limit: 20, ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })
  if (notes.isError) return <ErrorNotice error={notes.error} onRetry={() => void notes.refetch()} />
  if (notes.isPending) return <Waiting />
  const items = notes.data.pages.flatMap((page) => page.items)
  const see = (ids?: Notification['id'][]) =>
    act(async () => {
      client.setQueryData(keys.news, await call(routes.markNotificationsSeen, { body: ids ? { ids } : {} }))
      await client.invalidateQueries({ queryKey: keys.notifications })
    })
  return (
    <div className={classes.panel}>
      <div className={classes.head}>
        <h2>{t('notifications.title')}</h2>
        <Button
          size="compact-xs"
          variant="subtle"
          disabled={items.every(({ seenAt }) => seenAt !== null)}
          onClick={() => see()}
        >
          {t('notifications.seeAll')}
        </Button>
      </div>
      {items.length === 0 ? (
        <p className={classes.empty}>{t('notifications.empty')}</p>
      ) : (
        <ul className={classes.list}>
          {items.map((note) => (
            <li key={note.id} data-new={note.seenAt === null || undefined}>
              <Way
                note={note}
                onFollow={() => {
                  onLeave()
                  if (note.seenAt === null) see([note.id])
                }}
              >
                <Words note={note} />
              </Way>
            </li>
          ))}
        </ul>
      )}
      {notes.hasNextPage && (
        <Button size="compact-xs" variant="subtle" onClick={() => void notes.fetchNextPage()}>
          {t('messages.more')}
        </Button>
      )}
    </div>
  )
}

function Words({ note }: { note: Notification }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { kind, by, message, image, project, outcome, createdAt } = note
  const name = by?.username ?? t('messages.somebody')
  const said =
    kind === 'mention' || kind === 'reply'
      ? t(`notifications.${kind}`, { name })
      : kind === 'review'
        ? t(`notifications.review.${outcome === 'rejected' ? 'rejected' : 'accepted'}`, {
            name,
            image: image?.name ?? '',
          })
        : kind === 'webhook'
          ? t('notifications.webhook')
          : t(`notifications.${kind}.${outcome === 'failed' ? 'failed' : 'succeeded'}`, {
              project: project?.name ?? '',
            })
  return (
    <>
      <span>{said}</span>
      {message && <span className={classes.text}>{inBrief(message.text, 200)}</span>}
      <time dateTime={createdAt}>{format.ago(createdAt)}</time>
    </>
  )
}

const PAGES = {
  training: '/projects/$projectId/training',
  import: '/projects/$projectId/imports',
  webhook: '/projects/$projectId/settings',
} as const

function Way({ note, onFollow, children }: { note: Notification; onFollow: () => void; children: ReactNode }) {
  const { kind, message, image, project } = note
  const look = { className: classes.row, onClick: onFollow }
  if (message) {
    return (
      <Link {...look} to="/messages" search={{ thread: message.id }}>
        {children}
      </Link>
    )
  }
  if (image) {
    return (
      <Link
        {...look}
        to="/projects/$projectId/annotate"
        params={{ projectId: image.projectId }}
        search={{ image: image.id }}
      >
        {children}
      </Link>
    )
  }
  if (project && kind in PAGES) {
    const to = PAGES[kind as keyof typeof PAGES]
    return (
      <Link {...look} to={to} params={{ projectId: project.id }}>
        {children}
      </Link>
    )
  }
  return (
    <button type="button" {...look}>
      {children}
    </button>
  )
}
