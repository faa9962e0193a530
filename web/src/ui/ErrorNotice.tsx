import { Button } from '@mantine/core'
import { IconCompass, IconPlugConnectedX, IconRefresh } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../api/problem.ts'
import { Notice } from './Notice.tsx'
import { useProblemText } from './use-problem-text.ts'

interface Props {
  error: unknown
  title?: string
  /** What else to know, below the reason. */
  after?: string
  onRetry?: () => void
}

export function ErrorNotice({ error, title, after, onRetry }: Props) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  const retry = onRetry && (
    <Button variant="default" leftSection={<IconRefresh size={16} />} onClick={onRetry}>
      {t('common.retry')}
    </Button>
  )
  if (!title && error instanceof ApiProblem && error.code === 'NOT_FOUND') {
    return (
      <Notice icon={<IconCompass size={26} stroke={1.6} />} title={t('common.notFoundTitle')}>
        {t('common.notFoundText')}
      </Notice>
    )
  }
  return (
    <Notice
      isTrouble
      icon={<IconPlugConnectedX size={26} stroke={1.6} />}
      title={title ?? t('common.somethingWrong')}
      actions={retry}
    >
      {problemText(error)}
      {after && (
        <>
          <br />
          {after}
        </>
      )}
    </Notice>
  )
}
