import '@mantine/notifications/styles.css'
import { Notifications } from '@mantine/notifications'
import { IconPlugConnectedX } from '@tabler/icons-react'
import { Link, Outlet, useParams } from '@tanstack/react-router'
import type { ProjectId } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { Mark } from '../../ui/Mark.tsx'
import { AccountMenu } from '../accounts/AccountMenu.tsx'
import { AnnouncementBanner } from '../announcements/AnnouncementBanner.tsx'
import { ArticlesLink } from '../articles/ArticlesLink.tsx'
import { NewsButtons } from '../notifications/NewsButtons.tsx'
import { useReviewNotices } from '../reviews/use-review-notices.tsx'
import { SecondFactorNotice } from '../rules/SecondFactorNotice.tsx'
import { UploadDock } from '../uploads/UploadDock.tsx'
import classes from './AppFrame.module.css'
import { ProjectBar } from './ProjectBar.tsx'
import { useConnection } from './use-connection.ts'
import { usePageTitle } from './use-page-title.ts'

/** What stands around every page of a signed-in person. */
export function AppFrame() {
  const { t } = useTranslation()
  const { projectId } = useParams({ strict: false })
  const isLost = useConnection()
  useReviewNotices()
  usePageTitle()
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
          <NewsButtons />
          <ArticlesLink />
          <AccountMenu />
        </div>
      </header>
      <AnnouncementBanner />
      <SecondFactorNotice />
      {isLost && (
        <div role="alert" className={classes.offline}>
          <IconPlugConnectedX size={16} /> {t('app.offline')}
        </div>
      )}
      <main id="content" className={classes.main} tabIndex={-1}>
        <Outlet />
        <div id="overlays" />
      </main>
      <UploadDock />
      <Notifications position="bottom-center" limit={3} autoClose={4000} />
    </div>
  )
}
