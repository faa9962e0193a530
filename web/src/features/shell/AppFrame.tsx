import { useQueryClient } from '@tanstack/react-query'
import { Link, Outlet, useParams } from '@tanstack/react-router'
import type { ProjectId } from '@vesalius/contracts'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { openEventStream } from '../../api/event-stream.ts'
import { Mark } from '../../ui/Mark.tsx'
import { AccountMenu } from '../accounts/AccountMenu.tsx'
import { UploadDock } from '../uploads/UploadDock.tsx'
import classes from './AppFrame.module.css'
import { ProjectBar } from './ProjectBar.tsx'

/** What stands around every page of a signed-in person, and the one event stream all of them live from. */
export function AppFrame() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { projectId } = useParams({ strict: false })
  useEffect(() => openEventStream(client), [client])
  return (
    <div className={classes.frame}>
      <a href="#content" className={classes.skip}>
        {t('app.skipToContent')}
      </a>
      <header className={classes.bar}>
        <Link to="/" className={classes.brand} aria-label={t('app.name')}>
          <Mark />
          <span className={classes.brandName}>{t('app.name')}</span>
        </Link>
        {projectId && <ProjectBar projectId={projectId as ProjectId} />}
        <div className={classes.end}>
          <AccountMenu />
        </div>
      </header>
      <main id="content" className={classes.main} tabIndex={-1}>
        <Outlet />
      </main>
      <UploadDock />
    </div>
  )
}
