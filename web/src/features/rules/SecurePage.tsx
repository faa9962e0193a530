import { Button, Group, Text } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { routes } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { Mark } from '../../ui/Mark.tsx'
import { Page } from '../../ui/Page.tsx'
import { LanguageControl } from '../../ui/PreferenceControls.tsx'
import { meQuery, securityQuery } from '../accounts/account-queries.ts'
import { SecondFactorCard } from '../accounts/SecondFactorCard.tsx'
import { PasskeysCard } from '../passkeys/PasskeysCard.tsx'

/** Where somebody is led who has to set up a second factor before anything else. */
export function SecurePage() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const navigate = useNavigate()
  const me = useQuery(meQuery).data
  const security = useQuery(securityQuery).data
  const isDone = security !== undefined && (security.hasSecondFactor || security.passkeys > 0)
  const signOut = async () => {
    await call(routes.logout, {})
    client.clear()
    await navigate({ to: '/sign-in' })
  }
  return (
    <Page>
      <main style={{ display: 'grid', gap: 16, maxWidth: 720, margin: '0 auto' }}>
        <Group justify="space-between">
          <Group gap="xs">
            <Mark /> <Text fw={700}>{t('app.name')}</Text>
          </Group>
          <LanguageControl />
        </Group>
        <h1 style={{ margin: 0 }}>{t('rules.secureTitle')}</h1>
        <Text>{t(isDone ? 'rules.secureDone' : 'rules.secureText')}</Text>
        <Group gap="xs">
          {isDone && <Button onClick={() => void navigate({ to: '/' })}>{t('rules.goOn')}</Button>}
          <Button variant="default" onClick={() => void signOut()}>
            {t('rules.signOutAs', { name: me?.username ?? '' })}
          </Button>
        </Group>
        <PasskeysCard />
        <SecondFactorCard />
      </main>
    </Page>
  )
}
