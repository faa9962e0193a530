import { useBlocker } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'

/** Holds whoever leaves the screen while answers are not saved, and lets go by itself once they are. */
export function LeaveDialog({ isUnsaved, onLeave }: { isUnsaved: boolean; onLeave: () => void }) {
  const { t } = useTranslation()
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => isUnsaved && current.pathname !== next.pathname,
    enableBeforeUnload: false,
    withResolver: true,
  })
  const { status, proceed } = blocker
  useEffect(() => {
    if (status === 'blocked' && !isUnsaved) proceed()
  }, [status, isUnsaved, proceed])
  if (status !== 'blocked') return null
  return (
    <ConfirmDialog
      title={t('annotate.leaveTitle')}
      text={t('annotate.leaveText')}
      stay={t('annotate.leaveStay')}
      go={t('annotate.leaveGo')}
      onClose={blocker.reset}
      onConfirm={() => {
        onLeave()
        proceed()
      }}
    />
  )
}
