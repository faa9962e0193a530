import { Button } from '@mantine/core'
import { IconMessageQuestion } from '@tabler/icons-react'
import type { Message } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../../api/problem.ts'
import { useProblemText } from '../../ui/use-problem-text.ts'
import { PinButtons } from '../reviews/PinButtons.tsx'
import { Composer } from './Composer.tsx'
import { inBrief } from './in-brief.ts'
import classes from './Messages.module.css'
import { ThreadView } from './ThreadView.tsx'
import type { Discussions } from './use-discussions.ts'

/** What is talked about the image, beside it; one opens here, and its pin is marked. */
export function DiscussionPanel({ discussions, frame }: { discussions: Discussions; frame: number }) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  const [asks, setAsks] = useState(false)
  const [quotes, setQuotes] = useState<readonly Message[]>([])
  const { list, items, opened, place, error } = discussions
  // A reader of a blind study hears nothing of others until they have finished.
  if (error instanceof ApiProblem && error.code === 'NOT_FOUND') return null
  const open = (id: string | null) => {
    setQuotes([])
    discussions.open(id)
  }
  return (
    <section className={classes.beside} aria-label={t('messages.discussions')}>
      <h3 className={classes.heading}>{t('messages.discussionCount', { count: list.length })}</h3>
      {error && <p role="alert">{problemText(error)}</p>}
      <ul className={classes.list}>
        {list.map(({ topic, first, size }, at) => (
          <li key={topic.id} style={{ marginBottom: 8 }}>
            <button
              type="button"
              className={classes.opener}
              aria-expanded={opened === topic.id}
              onClick={() => open(opened === topic.id ? null : topic.id)}
            >
              <span className={classes.number}>{items[at]?.number}</span>
              <span>
                <strong>{first.author?.username ?? t('messages.somebody')}</strong>{' '}
                {first.deletedAt ? t('messages.deleted') : inBrief(first.text, 120)}
                {size > 1 && <> · {t('messages.sizeOf', { count: size })}</>}
              </span>
            </button>
            {opened === topic.id && <ThreadView isBeside messageId={first.id} quotes={quotes} onQuotes={setQuotes} />}
          </li>
        ))}
      </ul>
      {asks ? (
        <>
          <div className={classes.tools}>
            <PinButtons
              place={place}
              onPin={() => discussions.startPinning(frame)}
              onUnpin={() => discussions.placePin(null)}
            />
            <Button size="compact-xs" variant="subtle" color="gray" onClick={() => setAsks(false)}>
              {t('common.cancel')}
            </Button>
          </div>
          <Composer
            label={t('messages.question')}
            onSend={async (text) => {
              await discussions.ask(text)
              setAsks(false)
            }}
          />
        </>
      ) : (
        <Button
          size="compact-sm"
          variant="light"
          leftSection={<IconMessageQuestion size={16} />}
          onClick={() => setAsks(true)}
        >
          {t('messages.ask')}
        </Button>
      )}
    </section>
  )
}
