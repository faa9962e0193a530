import { Button, SegmentedControl, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconBellOff, IconMessages, IconSearch } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Message, Topic } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/use-format.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { inBrief } from './in-brief.ts'
import classes from './Messages.module.css'
import { conversationsQuery, foundMessagesQuery } from './message-queries.ts'
import { TopicIcon } from './TopicIcon.tsx'
import { useTopicName } from './topic-name.ts'

/** One's threads, or the messages that hold what is searched for. */
export function ConversationList() {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [sought] = useDebouncedValue(text.trim(), 250)
  const [shows, setShows] = useState<'all' | 'unread'>('all')
  return (
    <>
      <TextInput
        leftSection={<IconSearch size={16} />}
        aria-label={t('messages.search')}
        placeholder={t('messages.search')}
        value={text}
        maxLength={100}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {sought === '' ? (
        <>
          <SegmentedControl
            fullWidth
            size="xs"
            mt={8}
            aria-label={t('messages.which')}
            value={shows}
            onChange={(value) => setShows(value as typeof shows)}
            data={[
              { value: 'all', label: t('messages.all') },
              { value: 'unread', label: t('messages.unread') },
            ]}
          />
          <Threads isUnread={shows === 'unread'} />
        </>
      ) : (
        <Found text={sought} />
      )}
    </>
  )
}

function Threads({ isUnread }: { isUnread: boolean }) {
  const { t } = useTranslation()
  const threads = useInfiniteQuery(conversationsQuery(isUnread))
  if (threads.isError) return <ErrorNotice error={threads.error} onRetry={() => void threads.refetch()} />
  if (threads.isPending) return <Waiting />
  const items = threads.data.pages.flatMap((page) => page.items)
  if (items.length === 0) {
    return (
      <Notice
        icon={<IconMessages size={26} stroke={1.6} />}
        title={t(isUnread ? 'messages.nothingUnread' : 'messages.emptyTitle')}
      >
        {t('messages.emptyText')}
      </Notice>
    )
  }
  return (
    <>
      <ul className={classes.list}>
        {items.map(({ topic, last, unread, isMuted }) => (
          <Row key={last.id} topic={topic} message={last} unread={unread} isMuted={isMuted} />
        ))}
      </ul>
      {threads.hasNextPage && <More onClick={() => void threads.fetchNextPage()} />}
    </>
  )
}

function Found({ text }: { text: string }) {
  const { t } = useTranslation()
  const found = useInfiniteQuery(foundMessagesQuery(text))
  if (found.isError) return <ErrorNotice error={found.error} onRetry={() => void found.refetch()} />
  if (found.isPending) return <Waiting />
  const items = found.data.pages.flatMap((page) => page.items)
  if (items.length === 0) {
    return <Notice icon={<IconSearch size={26} stroke={1.6} />} title={t('messages.nothingFound')} />
  }
  return (
    <>
      <ul className={classes.list}>
        {items.map((message) => (
          <Row key={message.id} topic={message.topic} message={message} unread={0} isMuted={false} />
        ))}
      </ul>
      {found.hasNextPage && <More onClick={() => void found.fetchNextPage()} />}
    </>
  )
}

function More({ onClick }: { onClick: () => void }) {
  const { t } = useTranslation()
  return (
    <Button size="compact-sm" variant="subtle" onClick={onClick}>
      {t('messages.more')}
    </Button>
  )
}

interface RowProps {
  topic: Topic
  message: Message
  unread: number
  isMuted: boolean
}

function Row({ topic, message, unread, isMuted }: RowProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const topicName = useTopicName()
  return (
    <li>
      <Link
        to="/messages"
        search={{ thread: message.id }}
        className={classes.row}
        activeOptions={{ includeSearch: true }}
        data-unread={unread > 0 || undefined}
      >
        <span className={classes.rowHead}>
          <TopicIcon topic={topic} />
          <strong>{topicName(topic)}</strong>
          {isMuted && <IconBellOff size={14} aria-label={t('messages.muted')} />}
          <time dateTime={message.createdAt}>{format.ago(message.createdAt)}</time>
        </span>
        <span className={classes.rowText}>
          {message.author ? `${message.author.username}: ` : ''}
          {message.deletedAt ? t('messages.deleted') : inBrief(message.text, 140)}
        </span>
        {unread > 0 && <span className={classes.badge}>{t('messages.unreadCount', { count: unread })}</span>}
      </Link>
    </li>
  )
}
