import { Link, Outlet } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useProject } from '../projects/use-project.ts'
import classes from './ReviewFrame.module.css'

const PARTS = [
  ['queue', '/projects/$projectId/review'],
  ['studies', '/projects/$projectId/review/studies'],
  ['gold', '/projects/$projectId/review/gold'],
] as const

/** The parts of a project that look at labels a second time. */
export function ReviewFrame() {
  const { t } = useTranslation()
  const project = useProject()
  return (
    <div className={classes.frame}>
      <nav className={classes.nav} aria-label={t('review.parts')}>
        {PARTS.map(([name, to]) => (
          <Link
            key={name}
            to={to}
            params={{ projectId: project.id }}
            activeOptions={{ exact: name === 'queue', includeSearch: false }}
            className={classes.link}
          >
            {t(`review.part.${name}`)}
          </Link>
        ))}
      </nav>
      <div className={classes.part}>
        <Outlet />
      </div>
    </div>
  )
}
