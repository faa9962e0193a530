import { IconShieldLock } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/use-format.ts'
import { meQuery } from '../accounts/account-queries.ts'
import banner from '../announcements/AnnouncementBanner.module.css'

/** Says until when a second factor has to be set up. */
export function SecondFactorNotice() {
  const { t } = useTranslation()
  const format = useFormat()
  const dueAt = useQuery(meQuery).data?.secondFactorDueAt
  if (!dueAt) return null
  return (
    <div role="status" className={banner.banner} data-tone="warning">
      <IconShieldLock size={17} />
      <span className={banner.text}>
        {t('rules.dueAt', { date: format.date(dueAt) })} <Link to="/account">{t('rules.setUpNow')}</Link>
      </span>
    </div>
  )
}
