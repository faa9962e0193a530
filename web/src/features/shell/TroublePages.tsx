import { IconCompass } from '@tabler/icons-react'
import type { ErrorComponentProps } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../../api/problem.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Notice } from '../../ui/Notice.tsx'

export function MissingPage() {
  const { t } = useTranslation()
  return (
    <Notice
      isPage
      icon={<IconCompass size={26} stroke={1.6} />}
      title={t('common.notFoundTitle')}
      actions={
        <LinkButton to="/" variant="default">
          {t('common.toProjects')}
        </LinkButton>
      }
    >
      {t('common.notFoundText')}
    </Notice>
  )
}

/** An address outside everything: no frame stands around it. */
export function LostPage() {
  return (
    <main style={{ height: '100%' }}>
      <MissingPage />
    </main>
  )
}

export function BrokenPage({ error, reset }: ErrorComponentProps) {
  if (error instanceof ApiProblem && error.code === 'NOT_FOUND') return <MissingPage />
  return <ErrorNotice error={error} onRetry={reset} />
}
