import type { Discussion, Message } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { inBrief } from './in-brief.ts'
import classes from './Messages.module.css'
import { ThreadView } from './ThreadView.tsx'

interface Props {
  discussions: readonly Discussion[]
  /** By its topic. */
  opened: string | null
  onOpen: (topicId: string | null) => void
  /** What stands on pins of an image. */
  isNumbered?: boolean
}

/** Threads about one thing: how each begins, and the one that was opened, with the place to answer. */
export function DiscussionList({ discussions, opened, onOpen, isNumbered = false }: Props) {
  const { t } = useTranslation()
  const [quotes, setQuotes] = useState<readonly Message[]>([])
  const open = (id: string | null) => {
    setQuotes([])
    onOpen(id)
  }
  return (
    <ul className={classes.list}>
      {discussions.map(({ topic, first, size }, at) => (
        <li key={topic.id} className={classes.discussion}>
          <button
            type="button"
            className={classes.opener}
            aria-expanded={opened === topic.id}
            onClick={() => open(opened === topic.id ? null : topic.id)}
          >
            {isNumbered && <span className={classes.number}>{at + 1}</span>}
            <span>
              <strong>{first.author?.username ?? t('messages.somebody')}</strong>{' '}
              {first.deletedAt ? t('messages.deleted') : inBrief(first.text, isNumbered ? 120 : 280)}
              {size > 1 && <> · {t('messages.sizeOf', { count: size })}</>}
            </span>
          </button>
          {opened === topic.id && <ThreadView isBeside messageId={first.id} quotes={quotes} onQuotes={setQuotes} />}
        </li>
      ))}
    </ul>
  )
}
