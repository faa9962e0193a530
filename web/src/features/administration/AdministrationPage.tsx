import { Tabs } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import { useTranslation } from 'react-i18next'
import { Page } from '../../ui/Page.tsx'
import { RulesCards } from '../rules/RulesCards.tsx'
import { AccountsCard } from './AccountsCard.tsx'
import { AnnouncementsCard } from './AnnouncementsCard.tsx'
import { ADMINISTRATION_TABS, type AdministrationTab } from './administration-tabs.ts'
import { OutboxCard } from './OutboxCard.tsx'
import { OverviewCards } from './OverviewCards.tsx'
import { RecordCard } from './RecordCard.tsx'
import { SettingsCard } from './SettingsCard.tsx'

const CONTENT: Readonly<Record<AdministrationTab, ComponentType>> = {
  overview: OverviewCards,
  accounts: AccountsCard,
  rules: RulesCards,
  announcements: AnnouncementsCard,
  settings: SettingsCard,
  mail: OutboxCard,
  record: RecordCard,
}

/** For those who run the installation. */
export function AdministrationPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { tab = 'overview' } = useSearch({ from: '/app/administration' })
  const open = (next: string | null) =>
    void navigate({ to: '/administration', search: { tab: next as AdministrationTab } })
  return (
    <Page>
      <div style={{ display: 'grid', gap: 16, maxWidth: 960, margin: '0 auto' }}>
        <h1 style={{ margin: 0 }}>{t('audit.administration')}</h1>
        <Tabs value={tab} onChange={open} keepMounted={false}>
          <Tabs.List mb="md">
            {ADMINISTRATION_TABS.map((name) => (
              <Tabs.Tab key={name} value={name}>
                {t(`administration.tabs.${name}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {ADMINISTRATION_TABS.map((name) => {
            const Content = CONTENT[name]
            return (
              <Tabs.Panel key={name} value={name}>
                <Content />
              </Tabs.Panel>
            )
          })}
        </Tabs>
      </div>
    </Page>
  )
}
