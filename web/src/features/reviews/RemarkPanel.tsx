import { Button, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../../api/problem.ts'
import { KeyCap } from '../../ui/KeyCap.tsx'
import { useAct } from '../../ui/use-act.ts'
import { useProblemText } from '../../ui/use-problem-text.ts'
import { PinButtons } from './PinButtons.tsx'
import classes from './Remarks.module.css'
import { RemarkThread } from './RemarkThread.tsx'
import type { Remarks } from './use-remarks.ts'

interface Props {
  remarks: Remarks
  /** The frame a new pin is put on. */
  frame: number
  /** Where the words come from that a decision takes along; without it the panel keeps them. */
  draft?: { text: string; onChange: (text: string) => void }
}

/** The remarks on an image until they are resolved, and the way to a new one. */
export function RemarkPanel({ remarks, frame, draft }: Props) {
  const { t } = useTranslation()
  const act = useAct()
  const problemText = useProblemText()
  const [own, setOwn] = useState('')
  const [showsResolved, setShowsResolved] = useState(false)
  const text = draft?.text ?? own
  const setText = draft?.onChange ?? setOwn
  const { threads, place } = remarks
  const resolved = threads.filter(({ first }) => first.resolvedAt !== null)
  const shown = showsResolved ? threads : threads.filter((thread) => !resolved.includes(thread))
  // A reader of a blind study hears nothing of others until they have finished.
  if (remarks.error instanceof ApiProblem && remarks.error.code === 'NOT_FOUND') {
    return <p className={classes.own}>{t('studies.ownReading')}</p>
  }
  const add = () => {
    if (text.trim() === '') return
    act(async () => {
      await remarks.add(text.trim())
      setText('')
    })
  }
  return (
    <section className={classes.panel} aria-label={t('remarks.title')}>
      <h3 className={classes.heading}>{t('remarks.count', { count: threads.length - resolved.length })}</h3>
      {remarks.error && <p role="alert">{problemText(remarks.error)}</p>}
      <ul className={classes.list}>
        {shown.map((thread) => (
          <RemarkThread key={thread.first.id} thread={thread} remarks={remarks} />
        ))}
      </ul>
      {resolved.length > 0 && (
        <Button variant="subtle" color="gray" size="compact-xs" onClick={() => setShowsResolved(!showsResolved)}>
          {t(showsResolved ? 'remarks.hideResolved' : 'remarks.showResolved', { count: resolved.length })}
        </Button>
      )}
      <Textarea
        autosize
        minRows={1}
        maxRows={6}
        maxLength={4000}
        data-remark
        aria-label={t('remarks.new')}
        placeholder={t('remarks.placeholder')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !draft) add()
        }}
      />
      <div className={classes.tools}>
        <PinButtons place={place} onPin={() => remarks.startPinning(frame)} onUnpin={() => remarks.placePin(null)} />
        <Button
          size="compact-xs"
          ml="auto"
          variant="light"
          disabled={text.trim() === ''}
          rightSection={draft ? undefined : <KeyCap>Ctrl ↵</KeyCap>}
          onClick={add}
        >
          {t('remarks.add')}
        </Button>
      </div>
    </section>
  )
}
