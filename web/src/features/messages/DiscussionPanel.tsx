import { Button } from '@mantine/core'
import { IconMessageQuestion } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../../api/problem.ts'
import { useProblemText } from '../../ui/use-problem-text.ts'
import { PinButtons } from '../reviews/PinButtons.tsx'
import { Composer } from './Composer.tsx'
import { DiscussionList } from './DiscussionList.tsx'
import classes from './Messages.module.css'
import type { Discussions } from './use-discussions.ts'

/** What is talked about the image, beside it; one opens here, and its pin is marked. */
export function DiscussionPanel({ discussions, frame }: { discussions: Discussions; frame: number }) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  const [asks, setAsks] = useState(false)
  const { list, opened, place, error } = discussions
  // A reader of a blind study hears nothing of others until they have finished.
  if (error instanceof ApiProblem && error.code === 'NOT_FOUND') return null
  return (
    <section className={classes.beside} aria-label={t('messages.discussions')}>
      <h3 className={classes.heading}>{t('messages.discussionCount', { count: list.length })}</h3>
      {error && <p role="alert">{problemText(error)}</p>}
      <DiscussionList isNumbered discussions={list} opened={opened} onOpen={discussions.open} />
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
            projectId={discussions.projectId}
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
