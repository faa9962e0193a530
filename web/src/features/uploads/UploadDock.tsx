import { ActionIcon, Button, Progress, Text } from '@mantine/core'
import { IconChevronDown, IconChevronUp, IconX } from '@tabler/icons-react'
import { useRouterState } from '@tanstack/react-router'
import type { ProjectId } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/use-format.ts'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { useFileProblemText } from '../../ui/use-reason-text.ts'
import { DuplicateOffer } from './DuplicateOffer.tsx'
import { InterruptedNotice } from './InterruptedNotice.tsx'
import classes from './UploadDock.module.css'
import type { UploadEntry } from './upload-queue.ts'
import { useUploadState, useUploads } from './uploads-context.tsx'

const LABELS = {
  waiting: 'statusWaiting',
  sending: 'statusSending',
  done: 'statusDone',
  refused: 'statusRefused',
  failed: 'statusFailed',
  cancelled: 'statusCancelled',
} as const
/** Drawn at most: thousands of finished rows help nobody. Those with a problem are always drawn. */
const SHOWN = 60

/** Screens whose lower right corner holds buttons that are used all the time. */
const WORKSPACES = /\/(annotate|review)$/

export function UploadDock() {
  const { t } = useTranslation()
  const isAtWork = useRouterState({ select: ({ location }) => WORKSPACES.test(location.pathname) })
  const format = useFormat()
  const queue = useUploads()
  const state = useUploadState()
  const [isOpen, setIsOpen] = useState<boolean | null>(null)
  const { entries } = state
  if (entries.length === 0) return <InterruptedNotice />
  const count = (...statuses: string[]) => entries.filter((entry) => statuses.includes(entry.status)).length
  const pending = count('waiting', 'sending')
  const [refused, failed] = [count('refused'), count('failed', 'cancelled')]
  if (isAtWork && pending + refused + failed === 0) return null
  const showsList = isOpen ?? refused + failed > 0
  const secondsLeft =
    pending > 0 && state.bytesPerSecond > 0 ? (state.totalBytes - state.sentBytes) / state.bytesPerSecond : null
  const duplicates = entries.filter((entry) => entry.problem?.code === 'FILE_DUPLICATE')
  const imported = entries.find((entry) => entry.isImport)
  const isOnlyArchive = entries.every((entry) => entry.isImport)
  const title = pending
    ? t('upload.uploading', { done: entries.length - pending, total: entries.length })
    : isOnlyArchive
      ? t('upload.archiveSent')
      : t('upload.finished', { count: entries.filter(({ status, isImport }) => status === 'done' && !isImport).length })
  return (
    <aside className={classes.dock} data-at-work={isAtWork} aria-label={t('upload.title')}>
      <div className={classes.head}>
        <div className={classes.words} aria-live="polite">
          <strong>{title}</strong>
          <Text size="xs" c="dimmed">
            {[
              pending > 0 && t('upload.speed', { speed: format.bytes(state.bytesPerSecond) }),
              secondsLeft !== null && t('upload.timeLeft', { time: format.duration(secondsLeft) }),
              refused > 0 && t('upload.refused', { count: refused }),
              failed > 0 && t('upload.failed', { count: failed }),
            ]
              .filter(Boolean)
              .join(' · ')}
          </Text>
        </div>
        {pending === 0 && failed > 0 && (
          <Button size="compact-sm" variant="default" onClick={() => queue.retryFailed()}>
            {t('upload.retryFailed')}
          </Button>
        )}
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t(showsList ? 'upload.collapse' : 'upload.expand')}
          aria-expanded={showsList}
          onClick={() => setIsOpen(!showsList)}
        >
          {showsList ? <IconChevronDown size={17} /> : <IconChevronUp size={17} />}
        </ActionIcon>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t(pending ? 'upload.cancel' : 'common.dismiss')}
          onClick={() => (pending ? queue.cancel() : queue.clear())}
        >
          <IconX size={17} />
        </ActionIcon>
      </div>
      {pending > 0 && <Progress size={3} radius={0} value={(100 * state.sentBytes) / Math.max(1, state.totalBytes)} />}
      {duplicates.length > 0 && <DuplicateOffer entries={duplicates} />}
      {imported && (
        <div className={classes.offer}>
          <span>{t('upload.importing')}</span>
          <LinkButton
            to="/projects/$projectId/imports"
            params={{ projectId: imported.projectId as ProjectId }}
            size="compact-sm"
            variant="default"
          >
            {t('upload.report')}
          </LinkButton>
        </div>
      )}
      {showsList && (
        <ul className={classes.list}>
          {worthShowing(entries).map((entry) => (
            <EntryRow key={entry.id} entry={entry} />
          ))}
        </ul>
      )}
    </aside>
  )
}

function worthShowing(entries: readonly UploadEntry[]): UploadEntry[] {
  const isTrouble = (entry: UploadEntry) => entry.problem !== null
  return [...entries.filter(isTrouble), ...entries.filter((entry) => !isTrouble(entry)).slice(-SHOWN)]
}

function EntryRow({ entry }: { entry: UploadEntry }) {
  const { t } = useTranslation()
  const format = useFormat()
  const problemText = useFileProblemText()
  return (
    <li className={classes.entry}>
      <div className={classes.line}>
        <span className={classes.name}>{entry.name}</span>
        <Text span size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
          {format.bytes(entry.bytes)} · {t(`upload.${LABELS[entry.status]}`)}
        </Text>
      </div>
      {entry.problem && <div className={classes.reason}>{problemText(entry.problem)}</div>}
    </li>
  )
}
