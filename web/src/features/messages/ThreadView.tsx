import { Button } from '@mantine/core'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { type Message, type MessageId, routes } from '@vesalius/contracts'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { useAct } from '../../ui/use-act.ts'
import { Waiting } from '../../ui/Waiting.tsx'
import { attachedImages } from './attached-images.ts'
import { Composer } from './Composer.tsx'
import { JumpLink } from './JumpLink.tsx'
import { MessageItem } from './MessageItem.tsx'
import classes from './Messages.module.css'
import { threadQuery } from './message-queries.ts'
import { TopicIcon } from './TopicIcon.tsx'
import { useTopicName } from './topic-name.ts'

interface Props {
  messageId: MessageId
  /** Chosen with "quote", here or in another thread. */
  quotes: readonly Message[]
  onQuotes: (quotes: readonly Message[]) => void
  /** Beside an image: without a heading and the way there. */
  isBeside?: boolean
  onSent?: (message: Message) => void
}

/** A thread in its order, and the place to answer. */
export function ThreadView({ messageId, quotes, onQuotes, isBeside = false, onSent }: Props) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const act = useAct()
  const topicName = useTopicName()
  const thread = useInfiniteQuery(threadQuery(messageId))
  const pages = thread.data?.pages
  const items = pages?.flatMap((page) => page.items) ?? []
  const last = items.at(-1)
  const newest = pages?.at(-1)
  const isAtEnd = newest?.nextCursor === null
  const unread = newest?.unread ?? 0
  useReading(last?.id, isAtEnd && unread > 0)
  const list = useRef<HTMLOListElement>(null)
  const isKnown = items.length > 0
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the message that was asked for is there
  useEffect(() => {
    list.current?.querySelector(`[data-message="${messageId}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [isKnown, messageId])
  if (thread.isError) return <ErrorNotice error={thread.error} onRetry={() => void thread.refetch()} />
  if (!newest || !last) return <Waiting />
  const foreign = quotes.filter(({ id }) => !items.some((item) => item.id === id))
  const send = async (text: string) => {
    const named = quotes.map(({ id }) => id)
    // What is quoted of another thread joins it to this one, which therefore is quoted too.
    const all = named.length === 0 ? [last.id] : foreign.length === named.length ? [last.id, ...named] : named
    const sent = await call(routes.postMessage, { body: { quotes: all, text, images: attachedImages(text) } })
    onQuotes([])
    await client.invalidateQueries({ queryKey: keys.messages })
    onSent?.(sent)
  }
  const mute = () =>
    act(async () => {
      await call(routes.muteThread, { params: { messageId }, body: { isMuted: !newest.isMuted } })
      await client.invalidateQueries({ queryKey: keys.messages })
      await client.invalidateQueries({ queryKey: keys.news })
    })
  const first = items[0] as Message
  return (
    <section className={classes.thread} aria-label={t('messages.thread')}>
      {!isBeside && (
        <header className={classes.head}>
          <TopicIcon topic={first.topic} size={18} />
          <h2>{topicName(first.topic)}</h2>
          <JumpLink topic={first.topic} />
          <Button size="compact-sm" variant="subtle" color="gray" aria-pressed={newest.isMuted} onClick={mute}>
            {t(newest.isMuted ? 'messages.unmute' : 'messages.mute')}
          </Button>
        </header>
      )}
      <div className={classes.scroll}>
        {thread.hasPreviousPage && (
          <Button size="compact-sm" variant="subtle" onClick={() => void thread.fetchPreviousPage()}>
            {t('messages.earlier')}
          </Button>
        )}
        <ol ref={list} className={classes.list}>
          {items.map((message, at) => (
            <MessageItem
              key={message.id}
              message={message}
              previous={items[at - 1] ?? null}
              isMarked={!isBeside && message.id === messageId && items.length > 1 && message !== last}
              onQuote={(chosen) => onQuotes([...quotes.filter(({ id }) => id !== chosen.id), chosen])}
            />
          ))}
        </ol>
        {thread.hasNextPage && (
          <Button size="compact-sm" variant="subtle" onClick={() => void thread.fetchNextPage()}>
            {t('messages.later')}
          </Button>
        )}
      </div>
      <Composer
        label={t('messages.answer')}
        quotes={quotes}
        joins={foreign.length > 0}
        onUnquote={(message) => onQuotes(quotes.filter(({ id }) => id !== message.id))}
        onSend={send}
      />
    </section>
  )
}

/** Says that the thread was read up to its end, while it is being looked at. */
function useReading(lastId: MessageId | undefined, isDue: boolean): void {
  const client = useQueryClient()
  useEffect(() => {
    if (!lastId || !isDue || document.visibilityState === 'hidden') return
    call(routes.markThreadRead, { params: { messageId: lastId } }).then(
      (news) => {
        client.setQueryData(keys.news, news)
        void client.invalidateQueries({ queryKey: [...keys.messages, 'conversations'] })
      },
      // It stays unread until the next look.
      () => {},
    )
  }, [client, lastId, isDue])
}
