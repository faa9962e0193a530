import { useQuery } from '@tanstack/react-query'
import { useLocation, useParams } from '@tanstack/react-router'
import type { ProjectId } from '@vesalius/contracts'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useNames } from '../projects/default-names.ts'
import { projectQuery } from '../projects/project-queries.ts'

const PARTS = ['annotate', 'review', 'training', 'settings'] as const
const PAGES = {
  account: 'security.title',
  organisations: 'organisations.title',
  messages: 'messages.title',
  administration: 'audit.administration',
  bin: 'files.projectsBin',
  articles: 'articles.title',
} as const

/** Names the page in the browser's tab: what it is, of which project (WCAG 2.4.2). */
export function usePageTitle(): void {
  const { t } = useTranslation()
  const { projectName } = useNames()
  const { projectId } = useParams({ strict: false })
  const { pathname } = useLocation()
  const known = useQuery({ ...projectQuery(projectId as ProjectId), enabled: projectId !== undefined }).data
  const [first = '', , part = ''] = pathname.split('/').slice(1)
  const page = projectId
    ? t(`tabs.${PARTS.find((name) => name === part) ?? 'gallery'}`)
    : first in PAGES
      ? t(PAGES[first as keyof typeof PAGES])
      : null
  const project = projectId && known ? projectName(known) : null
  const title = [page, project, t('app.name')].filter((text) => text !== null).join(' · ')
  const bare = t('app.name')
  useEffect(() => {
    document.title = title
    return () => {
      document.title = bare
    }
  }, [title, bare])
}
