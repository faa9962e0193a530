import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { IconUsersGroup } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { routes } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { Card } from '../../ui/Card.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page } from '../../ui/Page.tsx'
import { useProblemText } from '../../ui/use-problem-text.ts'
import { organisationKeys, organisationsQuery } from './organisation-queries.ts'

export function OrganisationsPage() {
  const { t } = useTranslation()
  const organisations = useQuery(organisationsQuery)
  return (
    <Page>
      <div style={{ display: 'grid', gap: 16, maxWidth: 720, margin: '0 auto' }}>
        <h1 style={{ margin: 0 }}>{t('organisations.title')}</h1>
        {organisations.isError && (
          <ErrorNotice error={organisations.error} onRetry={() => void organisations.refetch()} />
        )}
        {organisations.data?.length === 0 && (
          <Notice icon={<IconUsersGroup size={26} stroke={1.6} />} title={t('organisations.emptyTitle')}>
            {t('organisations.emptyText')}
          </Notice>
        )}
        {organisations.data?.map((organisation) => (
          <Card
            key={organisation.id}
            title={organisation.name}
            text={`${t('organisations.memberCount', { count: organisation.members })} · ${t('organisations.projectCount', { count: organisation.projects })}`}
            aside={
              <LinkButton
                variant="default"
                to="/organisations/$organisationId"
                params={{ organisationId: organisation.id }}
              >
                {t('organisations.open')}
              </LinkButton>
            }
          >
            {organisation.role && <Text size="sm">{t(`role.${organisation.role}`)}</Text>}
          </Card>
        ))}
        <Found />
      </div>
    </Page>
  )
}

function Found() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const navigate = useNavigate()
  const problemText = useProblemText()
  const [name, setName] = useState('')
  const found = useMutation({
    mutationFn: () => call(routes.createOrganisation, { body: { name } }),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: organisationKeys.all })
      await navigate({ to: '/organisations/$organisationId', params: { organisationId: id } })
    },
  })
  return (
    <Card title={t('organisations.found')} text={t('organisations.foundText')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          found.mutate()
        }}
      >
        <Stack gap="sm">
          <Group align="end" gap="xs">
            <TextInput
              style={{ flex: 1 }}
              label={t('organisations.name')}
              value={name}
              maxLength={120}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <Button type="submit" disabled={name.trim() === ''} loading={found.isPending}>
              {t('organisations.found')}
            </Button>
          </Group>
          {found.isError && (
            <Text role="alert" c="var(--trouble)">
              {problemText(found.error)}
            </Text>
          )}
        </Stack>
      </form>
    </Card>
  )
}
