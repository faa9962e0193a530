import { Loader } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ProjectId } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { useNames } from '../projects/default-names.ts'
import { projectQuery } from '../projects/project-queries.ts'
import { isActive, runsQuery } from '../training/training-queries.ts'
import classes from './AppFrame.module.css'

const TABS = [
  ['gallery', '/projects/$projectId'],
  ['annotate', '/projects/$projectId/annotate'],
  ['review', '/projects/$projectId/review'],
  ['training', '/projects/$projectId/training'],
  ['settings', '/projects/$projectId/settings'],
] as const

/** Where one is, and the parts of the project; a running training shows from every one of them. */
export function ProjectBar({ projectId }: { projectId: ProjectId }) {
  const { t } = useTranslation()
  const { projectName } = useNames()
  const project = useQuery(projectQuery(projectId)).data
  const running = useQuery(runsQuery(projectId)).data?.find(isActive)
  if (!project) return null
  return (
    <>
      <h1 className={classes.project}>{projectName(project)}</h1>
      <nav className={classes.tabs} aria-label={t('tabs.label')}>
        {TABS.map(([name, to]) => (
          <Link
            key={name}
            to={to}
            params={{ projectId }}
            activeOptions={{ exact: name !== 'review', includeSearch: false }}
            className={classes.tab}
          >
            {t(`tabs.${name}`)}
          </Link>
        ))}
      </nav>
      {running && (
        <Link to="/projects/$projectId/training" params={{ projectId }} className={classes.running}>
          <Loader size={11} color="ochre.5" />
          {t('training.running')}
        </Link>
      )}
    </>
  )
}
