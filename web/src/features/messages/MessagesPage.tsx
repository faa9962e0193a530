import { IconArrowLeft, IconMessages, IconPencilPlus } from '@tabler/icons-react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { type Message, MessageId } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { ConversationList } from './ConversationList.tsx'
import { DigestChoice } from './DigestChoice.tsx'
import classes from './Messages.module.css'
import { NewMessage } from './NewMessage.tsx'
import { ThreadView } from './ThreadView.tsx'

/** Threads on the left, one of them on the right; on a narrow screen the one or the other. */
export function MessagesPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { thread, isNew } = useSearch({ from: '/app/messages' })
  const [quotes, setQuotes] = useState<readonly Message[]>([])
  const opened = MessageId.safeParse(thread)
  const show = (message: Message) => void navigate({ to: '/messages', search: { thread: message.id }, replace: true })
  const showsOne = opened.success || isNew === true
  return (
    <div className={classes.page} data-shows={showsOne ? 'thread' : 'list'}>
      <h1 className="visually-hidden">{t('messages.title')}</h1>
      <aside className={classes.side} aria-label={t('messages.all')}>
        <div className={classes.sideHead}>
          <span aria-hidden>{t('messages.title')}</span>
          <LinkButton
            size="compact-md"
            leftSection={<IconPencilPlus size={16} />}
            to="/messages"
            search={{ isNew: true }}
          >
            {t('messages.new')}
          </LinkButton>
        </div>
        <ConversationList />
        <DigestChoice />
      </aside>
      <div className={classes.content}>
        {showsOne && (
          <LinkButton
            className={classes.back}
            size="compact-sm"
            variant="subtle"
            leftSection={<IconArrowLeft size={16} />}
            to="/messages"
            search={{}}
          >
            {t('messages.back')}
          </LinkButton>
        )}
        {isNew ? (
          <NewMessage onSent={show} />
        ) : opened.success ? (
          <ThreadView key={opened.data} messageId={opened.data} quotes={quotes} onQuotes={setQuotes} onSent={show} />
        ) : (
          <Notice icon={<IconMessages size={26} stroke={1.6} />} title={t('messages.chooseTitle')}>
            {t('messages.chooseText')}
          </Notice>
        )}
      </div>
    </div>
  )
}
