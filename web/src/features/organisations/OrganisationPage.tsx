import { Button, Group } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { holdsRight, type Organisation, type OrganisationId, routes } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { Card } from '../../ui/Card.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { Page } from '../../ui/Page.tsx'
import { useAct } from '../../ui/use-act.ts'
import type { AuditFilter } from '../audit/AuditFilters.tsx'
import { AuditTable } from '../audit/AuditTable.tsx'
import { UsageBars } from '../quotas/UsageBars.tsx'
import { WorkerTokens } from '../remote/WorkerTokens.tsx'
import { SecondFactorRuleForm } from '../rules/SecondFactorRuleForm.tsx'
import { WebhooksCard } from '../webhooks/WebhooksCard.tsx'
import { InvitationsCard } from './InvitationsCard.tsx'
import { MembersCard } from './MembersCard.tsx'
import { holdingsQuery, organisationKeys, organisationQuery } from './organisation-queries.ts'

export function OrganisationPage() {
  const { t } = useTranslation()
  const id = useParams({ strict: false }).organisationId as OrganisationId
  const client = useQueryClient()
  const [filter, setFilter] = useState<AuditFilter>({})
  const organisation = useQuery(organisationQuery(id))
  const putRule = async (graceDays: number | null) => {
    await call(routes.putOrganisationSecondFactor, { params: { organisationId: id }, body: { graceDays } })
    await client.invalidateQueries({ queryKey: organisationKeys.one(id) })
    await client.invalidateQueries({ queryKey: keys.me })
  }
  if (organisation.isError)
    return <ErrorNotice error={organisation.error} onRetry={() => void organisation.refetch()} />
  if (!organisation.data) return null
  const role = organisation.data.role ?? 'owner'
  const manages = holdsRight(role, 'manage')
  return (
    <Page>
      <div style={{ display: 'grid', gap: 16, maxWidth: 860, margin: '0 auto' }}>
        <h1 style={{ margin: 0 }}>{organisation.data.name}</h1>
        <MembersCard organisationId={id} role={role} />
        {manages && <InvitationsCard organisationId={id} role={role} />}
        {manages && (
          <Card title={t('security.secondFactor')} text={t('rules.organisationText')}>
            <SecondFactorRuleForm rule={organisation.data.secondFactor} onSave={(days) => putRule(days)} />
          </Card>
        )}
        {manages && <HoldingsCard organisationId={id} />}
        {manages && (
          <Card title={t('remote.organisationTokens')} text={t('remote.organisationTokensText')}>
            <WorkerTokens owner={{ organisationId: id }} showsCommand />
          </Card>
        )}
        {manages && <WebhooksCard key={`webhooks of ${id}`} owner={{ organisationId: id }} />}
        {manages && (
          <Card title={t('audit.title')} text={t('audit.organisationText')}>
            <AuditTable of={{ organisationId: id }} filter={filter} onFilter={setFilter} />
          </Card>
        )}
        <EndCard organisation={organisation.data} mayEnd={holdsRight(role, 'own')} />
      </div>
    </Page>
  )
}

/** What its projects use of its quota. */
function HoldingsCard({ organisationId }: { organisationId: OrganisationId }) {
  const { t } = useTranslation()
  const held = useQuery({ ...holdingsQuery(organisationId), staleTime: 0 }).data
  if (!held) return null
  return (
    <Card title={t('quotas.title')} text={t('quotas.organisationText')}>
      <UsageBars usage={{ storageBytes: held.bytes, activeRuns: held.activeRuns, limits: held.limits }} />
    </Card>
  )
}

/** Leave it, or end it: what would happen to what it holds is said before. */
function EndCard({ organisation, mayEnd }: { organisation: Organisation; mayEnd: boolean }) {
  const { t } = useTranslation()
  const format = useFormat()
  const client = useQueryClient()
  const navigate = useNavigate()
  const act = useAct()
  const [asked, setAsked] = useState<'leave' | 'bin' | 'keep' | null>(null)
  const holdings = useQuery({ ...holdingsQuery(organisation.id), enabled: mayEnd }).data
  const params = { organisationId: organisation.id }
  const go = async () => {
    if (asked === 'leave') await call(routes.leaveOrganisation, { params })
    else if (asked) await call(routes.deleteOrganisation, { params, body: { projects: asked } })
    client.removeQueries({ queryKey: organisationKeys.all })
    await client.invalidateQueries({ queryKey: keys.projects })
    await navigate({ to: '/organisations' })
  }
  const text = holdings
    ? t('organisations.holds', {
        projects: holdings.projects,
        images: holdings.images,
        models: holdings.models,
        size: format.bytes(holdings.bytes),
      })
    : undefined
  return (
    <Card title={t('organisations.endTitle')} text={text}>
      <Group gap="xs">
        {organisation.role && (
          <Button variant="default" onClick={() => setAsked('leave')}>
            {t('organisations.leave')}
          </Button>
        )}
        {mayEnd && (
          <>
            <Button variant="outline" color="cinnabar" onClick={() => setAsked('keep')}>
              {t('organisations.endKeep')}
            </Button>
            <Button variant="outline" color="cinnabar" onClick={() => setAsked('bin')}>
              {t('organisations.endBin')}
            </Button>
          </>
        )}
      </Group>
      {asked && (
        <ConfirmDialog
          title={t(asked === 'leave' ? 'organisations.leaveTitle' : 'organisations.deleteTitle', {
            name: organisation.name,
          })}
          text={t(`organisations.${asked}Text`, { count: holdings?.projects ?? 0 })}
          stay={t('common.cancel')}
          go={t(asked === 'leave' ? 'organisations.leave' : 'organisations.delete')}
          onClose={() => setAsked(null)}
          onConfirm={() => {
            setAsked(null)
            act(go)
          }}
        />
      )}
    </Card>
  )
}
