import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useProblemText } from '../../ui/use-problem-text.ts'
import classes from '../AnnotatePage.module.css'
import type { LabelBody } from '../label-body.ts'
import type { Save } from './save-queue.ts'

/** Whether every answer has reached the server, and what to do when one has not. */
export function SaveState({ saves, onRetry }: { saves: readonly Save<LabelBody | null>[]; onRetry: () => void }) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  const failed = saves.filter((save) => save.status === 'failed')
  if (failed.length > 0) {
    return (
      <div className={classes.failure} role="alert">
        <strong>{t('annotate.failedTitle', { count: failed.length })}</strong>
        <div>{problemText(failed[0]?.error)}</div>
        <div>{t('annotate.failedText')}</div>
        <Button mt={6} size="compact-sm" variant="default" onClick={onRetry}>
          {t('annotate.failedRetry')}
        </Button>
      </div>
    )
  }
  return (
    <div className={classes.saving} role="status">
      {saves.length > 0 ? t('annotate.savingCount', { count: saves.length }) : t('annotate.allSaved')}
    </div>
  )
}
