import { useTranslation } from 'react-i18next'
import { Page } from '../../ui/Page.tsx'
import { PasskeysCard } from '../passkeys/PasskeysCard.tsx'
import { OwnUsageCard } from '../quotas/OwnUsageCard.tsx'
import { EmailCard, PasswordCard } from './CredentialCards.tsx'
import { OwnDataCard } from './OwnDataCard.tsx'
import { ProvidersCard } from './ProvidersCard.tsx'
import { SecondFactorCard } from './SecondFactorCard.tsx'
import { SessionsCard } from './SessionsCard.tsx'

/** How one's own account is protected. */
export function AccountPage() {
  const { t } = useTranslation()
  return (
    <Page>
      <div style={{ display: 'grid', gap: 16, maxWidth: 720, margin: '0 auto' }}>
        <h1 style={{ margin: 0 }}>{t('security.title')}</h1>
        <PasswordCard />
        <PasskeysCard />
        <SecondFactorCard />
        <ProvidersCard />
        <EmailCard />
        <SessionsCard />
        <OwnUsageCard />
        <OwnDataCard />
      </div>
    </Page>
  )
}
