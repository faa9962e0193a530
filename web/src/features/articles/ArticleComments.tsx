import { Button, Textarea } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type ArticleId, type Discussion, type Message, type MessageId, routes } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { Trouble } from '../../ui/Trouble.tsx'
import { useProblemText } from '../../ui/use-problem-text.ts'
import { Markdown } from '../markdown/Markdown.tsx'
import classes from './ArticleComments.module.css'
import { articleKeys } from './article-queries.ts'

const MOST_SHOWN = 200

/** What people say about the article: threads like any others, which their inbox shows too. */
export function ArticleComments({ articleId }: { articleId: ArticleId }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const key = [...articleKeys.one(articleId), 'discussions']
  const discussions = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => (await call(routes.listArticleDiscussions, { params: { articleId }, signal })).items,
  })
  const refresh = () => client.invalidateQueries({ queryKey: key })
  const begin = async (text: string) => {
    await call(routes.postMessage, { body: { to: { kind: 'article', articleId }, text } })
    await refresh()
  }
  if (!discussions.data) return null
  return (
    <section className={classes.comments} aria-labelledby="comments">
      <h2 id="comments" className={classes.title}>
        {t('articles.comments')}
      </h2>
      {discussions.data.length === 0 && <p className={classes.none}>{t('articles.noComments')}</p>}
      {discussions.data.map((discussion) => (
        <Thread key={discussion.first.id} discussion={discussion} onChanged={refresh} />
      ))}
      <Composer label={t('articles.commentLabel')} action={t('articles.comment')} onSend={begin} />
    </section>
  )
}

function Thread({ discussion, onChanged }: { discussion: Discussion; onChanged: () => Promise<void> }) {
  const { t } = useTranslation()
  const { first, size } = discussion
  const [isOpen, setIsOpen] = useState(false)
  const [replies, setReplies] = useState(false)
  const thread = useQuery({
    queryKey: ['article-thread', first.id],
    queryFn: ({ signal }) =>
      call(routes.readThread, { params: { messageId: first.id }, query: { limit: MOST_SHOWN }, signal }),
    enabled: isOpen,
  })
  const messages = isOpen && thread.data ? thread.data.items : [first]
  const reply = async (text: string) => {
    await call(routes.postMessage, { body: { quotes: [messages.at(-1)?.id ?? first.id] as MessageId[], text } })
    setReplies(false)
    setIsOpen(true)
    await Promise.all([thread.refetch(), onChanged()])
  }
  return (
    <div className={classes.thread}>
      {messages.map((message) => (
        <Said key={message.id} message={message} />
      ))}
      <div className={classes.actions}>
        {size > 1 && !isOpen && (
          <Button variant="subtle" size="compact-sm" onClick={() => setIsOpen(true)}>
            {t('articles.showThread', { count: size - 1 })}
          </Button>
        )}
        {!replies && (
          <Button variant="subtle" color="gray" size="compact-sm" onClick={() => setReplies(true)}>
            {t('articles.reply')}
          </Button>
        )}
      </div>
      {replies && <Composer label={t('articles.reply')} action={t('articles.send')} onSend={reply} />}
    </div>
  )
}

function Said({ message }: { message: Message }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <div className={classes.said}>
      <p className={classes.by}>
        <strong>{message.author?.username ?? t('articles.nobody')}</strong> {format.ago(message.createdAt)}
      </p>
      {message.deletedAt ? (
        <p className={classes.none}>{t('articles.messageGone')}</p>
      ) : (
        <Markdown kind="message" text={message.text} prefix={`m-${message.id}`} />
      )}
    </div>
  )
}

function Composer({
  label,
  action,
  onSend,
}: {
  label: string
  action: string
  onSend: (text: string) => Promise<void>
}) {
  const problemText = useProblemText()
  const [text, setText] = useState('')
  const [problem, setProblem] = useState<unknown>(null)
  const [isSending, setIsSending] = useState(false)
  const send = async () => {
    setIsSending(true)
    setProblem(null)
    try {
      await onSend(text)
      setText('')
    } catch (error) {
      setProblem(error)
    }
    setIsSending(false)
  }
  return (
    <form
      className={classes.composer}
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <Textarea
        label={label}
        autosize
        minRows={2}
        maxRows={12}
        maxLength={8000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {problem !== null && <Trouble>{problemText(problem)}</Trouble>}
      <Button type="submit" variant="default" disabled={text.trim() === ''} loading={isSending}>
        {action}
      </Button>
    </form>
  )
}
