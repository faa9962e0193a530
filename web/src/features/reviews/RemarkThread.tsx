import { Button, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReviewComment } from '@vesalius/contracts'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/use-format.ts'
import { useAct } from '../../ui/use-act.ts'
import { meQuery } from '../accounts/account-queries.ts'
import { colourOfPerson } from '../presence/person-colour.ts'
import classes from './Remarks.module.css'
import type { Remarks, Thread } from './use-remarks.ts'

export function RemarkThread({ thread, remarks }: { thread: Thread; remarks: Remarks }) {
  const { t } = useTranslation()
  const act = useAct()
  const me = useQuery(meQuery).data?.id
  const { first, replies, number } = thread
  const [reply, setReply] = useState<string | null>(null)
  const isOpened = remarks.opened === first.id
  const isResolved = first.resolvedAt !== null
  const row = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (isOpened) row.current?.scrollIntoView({ block: 'nearest' })
  }, [isOpened])
  const send = () =>
    act(async () => {
      await remarks.reply(first.id, (reply ?? '').trim())
      setReply(null)
    })
  return (
    <li
      ref={row}
      className={classes.thread}
      data-opened={isOpened || undefined}
      data-resolved={isResolved || undefined}
    >
      <Words comment={first} number={first.place ? number : null} />
      {replies.map((comment) => (
        <div key={comment.id} className={classes.reply}>
          <Words comment={comment} number={null} />
        </div>
      ))}
      {reply !== null && (
        <Textarea
          mt={6}
          autosize
          data-autofocus
          maxLength={4000}
          aria-label={t('remarks.reply')}
          value={reply}
          onChange={(event) => setReply(event.currentTarget.value)}
        />
      )}
      <div className={classes.tools}>
        <Button
          size="compact-xs"
          variant={reply === null ? 'subtle' : 'light'}
          disabled={reply?.trim() === ''}
          onClick={() => (reply === null ? setReply('') : send())}
        >
          {t(reply === null ? 'remarks.reply' : 'remarks.sendReply')}
        </Button>
        <Button size="compact-xs" variant="subtle" onClick={() => act(() => remarks.resolve(first.id, !isResolved))}>
          {t(isResolved ? 'remarks.reopen' : 'remarks.resolve')}
        </Button>
        {first.author.id === me && replies.length === 0 && (
          <Button size="compact-xs" variant="subtle" color="gray" onClick={() => act(() => remarks.remove(first.id))}>
            {t('remarks.remove')}
          </Button>
        )}
      </div>
    </li>
  )
}

function Words({ comment, number }: { comment: ReviewComment; number: number | null }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { author, text, createdAt, resolvedBy } = comment
  return (
    <>
      <div className={classes.meta}>
        {number !== null && <span className={classes.number}>{number}</span>}
        <strong style={{ borderBottom: `2px solid ${colourOfPerson(author.id)}` }}>{author.username}</strong>
        <time dateTime={createdAt} title={format.date(createdAt)}>
          {format.ago(createdAt)}
        </time>
        {resolvedBy && <span>{t('remarks.resolvedBy', { name: resolvedBy.username })}</span>}
      </div>
      <p className={classes.text}>{text}</p>
    </>
  )
}
