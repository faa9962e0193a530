import { Button, Modal, Textarea } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type Message, routes } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { useAct } from '../../ui/use-act.ts'
import { meQuery } from '../accounts/account-queries.ts'
import { previewUrl } from '../images/image-queries.ts'
import { Markdown } from '../markdown/Markdown.tsx'
import { colourOfPerson } from '../presence/person-colour.ts'
import { inBrief } from './in-brief.ts'
import { JumpLink } from './JumpLink.tsx'
import classes from './Messages.module.css'
import { editsQuery } from './message-queries.ts'
import { nameMentions } from './name-mentions.ts'

interface Props {
  message: Message
  /** The one before it in the thread: to answer that one needs no quote to be understood. */
  previous: Message | null
  isMarked: boolean
  onQuote: (message: Message) => void
}

export function MessageItem({ message, previous, isMarked, onQuote }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const me = useQuery(meQuery).data?.id
  const [isEditing, setIsEditing] = useState(false)
  const [showsEdits, setShowsEdits] = useState(false)
  const { author, createdAt, editedAt, deletedAt, images } = message
  const quotes = message.quotes.filter(({ id }, _, all) => all.length > 1 || id !== previous?.id)
  return (
    <li className={classes.message} data-message={message.id} data-marked={isMarked || undefined}>
      <div className={classes.meta}>
        <strong style={author ? { borderBottom: `2px solid ${colourOfPerson(author.id)}` } : undefined}>
          {author?.username ?? t('messages.somebody')}
        </strong>
        <time dateTime={createdAt} title={format.date(createdAt)}>
          {format.ago(createdAt)}
        </time>
        {editedAt && !deletedAt && (
          <button type="button" className={classes.plain} onClick={() => setShowsEdits(true)}>
            {t('messages.edited')}
          </button>
        )}
      </div>
      {previous && previous.topic.id !== message.topic.id && <JumpLink topic={message.topic} />}
      {quotes.map((quote) => (
        <blockquote key={quote.id} className={classes.quote}>
          <strong>{quote.author?.username ?? t('messages.somebody')}</strong>{' '}
          {quote.deletedAt ? <em>{t('messages.deleted')}</em> : inBrief(quote.text, 280)}
        </blockquote>
      ))}
      {deletedAt ? (
        <p className={classes.deleted}>{t('messages.deletedWhen', { when: format.ago(deletedAt) })}</p>
      ) : isEditing ? (
        <EditField message={message} onDone={() => setIsEditing(false)} />
      ) : (
        <Markdown text={nameMentions(message)} kind="message" />
      )}
      {images.length > 0 && (
        <div className={classes.images}>
          {images.map(({ id, projectId, name }) => (
            <Link key={id} to="/projects/$projectId/annotate" params={{ projectId }} search={{ image: id }}>
              <img src={previewUrl(id, 320)} alt={name} loading="lazy" />
            </Link>
          ))}
        </div>
      )}
      {!deletedAt && !isEditing && (
        <div className={classes.tools}>
          <Button size="compact-xs" variant="subtle" onClick={() => onQuote(message)}>
            {t('messages.quote')}
          </Button>
          {author?.id === me && <OwnTools message={message} onEdit={() => setIsEditing(true)} />}
        </div>
      )}
      {showsEdits && <EditsDialog message={message} onClose={() => setShowsEdits(false)} />}
    </li>
  )
}

function OwnTools({ message, onEdit }: { message: Message; onEdit: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const act = useAct()
  const [asks, setAsks] = useState(false)
  const remove = () => {
    setAsks(false)
    act(async () => {
      await call(routes.deleteMessage, { params: { messageId: message.id } })
      await client.invalidateQueries({ queryKey: keys.messages })
    })
  }
  return (
    <>
      <Button size="compact-xs" variant="subtle" color="gray" onClick={onEdit}>
        {t('messages.edit')}
      </Button>
      <Button size="compact-xs" variant="subtle" color="gray" onClick={() => setAsks(true)}>
        {t('messages.delete')}
      </Button>
      {asks && (
        <ConfirmDialog
          title={t('messages.deleteTitle')}
          text={t('messages.deleteText')}
          stay={t('common.cancel')}
          go={t('messages.delete')}
          onConfirm={remove}
          onClose={() => setAsks(false)}
        />
      )}
    </>
  )
}

function EditField({ message, onDone }: { message: Message; onDone: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const act = useAct()
  const [text, setText] = useState(message.text)
  const save = () =>
    act(async () => {
      await call(routes.editMessage, { params: { messageId: message.id }, body: { text: text.trim() } })
      await client.invalidateQueries({ queryKey: keys.messages })
      onDone()
    })
  return (
    <>
      <Textarea
        autosize
        data-autofocus
        maxLength={8000}
        aria-label={t('messages.edit')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div className={classes.tools}>
        <Button size="compact-xs" variant="light" disabled={text.trim() === ''} onClick={save}>
          {t('messages.save')}
        </Button>
        <Button size="compact-xs" variant="subtle" color="gray" onClick={onDone}>
          {t('common.cancel')}
        </Button>
      </div>
    </>
  )
}

function EditsDialog({ message, onClose }: { message: Message; onClose: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const edits = useQuery(editsQuery(message.id)).data ?? []
  return (
    <Modal opened onClose={onClose} title={t('messages.editsTitle')}>
      {edits.map(({ text, replacedAt }) => (
        <div key={replacedAt} className={classes.message}>
          <div className={classes.meta}>{t('messages.until', { when: format.date(replacedAt) })}</div>
          <p className={classes.text}>{text}</p>
        </div>
      ))}
    </Modal>
  )
}
