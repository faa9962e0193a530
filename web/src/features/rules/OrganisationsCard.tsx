import { Button, Stack, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type Organisation, routes } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { Card } from '../../ui/Card.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { QuotaDialog } from '../quotas/QuotaDialog.tsx'
import { UsageBars } from '../quotas/UsageBars.tsx'
import { allOrganisationsKey, allOrganisationsQuery } from './rules-queries.ts'

/** All organisations with what they use; their quotas are set here, those of people among the accounts. */
export function OrganisationsCard() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [search, setSearch] = useState('')
  const [edited, setEdited] = useState<Organisation | null>(null)
  const [wanted] = useDebouncedValue(search, 300)
  const organisations = useQuery(allOrganisationsQuery(wanted))
  const items = organisations.data?.items
  const save = async (organisationId: Organisation['id'], body: Organisation['quota']) => {
    await call(routes.putQuota, { params: { organisationId }, body })
    await client.invalidateQueries({ queryKey: allOrganisationsKey })
  }
  return (
    <Card title={t('organisations.title')} text={t('quotas.organisationsText')}>
      <Stack gap="md">
        <TextInput
          label={t('quotas.search')}
          value={search}
          maxLength={100}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        {organisations.isError && (
          <ErrorNotice error={organisations.error} onRetry={() => void organisations.refetch()} />
        )}
        {items?.length === 0 && <Text c="dimmed">{t('quotas.noOrganisations')}</Text>}
        {items?.map(({ organisation, usage }) => (
          <div key={organisation.id}>
            <div style={{ display: 'flex', flexWrap: 'wrap', justifyContent: 'space-between', gap: 4 }}>
              <Text fw={500} style={{ overflowWrap: 'anywhere' }}>
                {organisation.name}
              </Text>
              <div>
                <LinkButton
                  size="compact-sm"
                  variant="subtle"
                  to="/organisations/$organisationId"
                  params={{ organisationId: organisation.id }}
                >
                  {t('organisations.open')}
                </LinkButton>
                <Button
                  size="compact-sm"
                  variant="subtle"
                  aria-label={t('quotas.of', { name: organisation.name })}
                  onClick={() => setEdited(organisation)}
                >
                  {t('quotas.change')}
                </Button>
              </div>
            </div>
            <UsageBars usage={usage} />
          </div>
        ))}
      </Stack>
      {edited && (
        <QuotaDialog
          name={edited.name}
          quota={edited.quota}
          onClose={() => setEdited(null)}
          onSave={(quota) => save(edited.id, quota)}
        />
      )}
    </Card>
  )
}
