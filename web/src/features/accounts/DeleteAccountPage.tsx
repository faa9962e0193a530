import { Alert, Button, Checkbox, Group, List, PasswordInput, Stack } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type Farewell, routes } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { Card } from '../../ui/Card.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { Trouble } from '../../ui/Trouble.tsx'
import { useProblemText } from '../../ui/use-problem-text.ts'
import { Waiting } from '../../ui/Waiting.tsx'
import { securityQuery } from './account-queries.ts'

/** Says first what happens to all there is, then asks. */
export function DeleteAccountPage() {
  const { t } = useTranslation()
  const farewell = useQuery({
    queryKey: ['farewell'],
    queryFn: ({ signal }) => call(routes.getFarewell, { signal }),
    staleTime: 0,
  })
  return (
    <Page>
      <div style={{ display: 'grid', gap: 16, maxWidth: 720, margin: '0 auto' }}>
        <h1 style={{ margin: 0 }}>{t('ownData.delete')}</h1>
        {farewell.isError && <ErrorNotice error={farewell.error} onRetry={() => void farewell.refetch()} />}
        {farewell.isPending && <Waiting />}
        {farewell.data && (
          <>
            <Consequences farewell={farewell.data} />
            {farewell.data.obstacle ? <Obstacle farewell={farewell.data} /> : <LastQuestion />}
          </>
        )}
      </div>
    </Page>
  )
}

function Consequences({ farewell }: { farewell: Farewell }) {
  const { t } = useTranslation()
  const format = useFormat()
  const stays = farewell.organisations.filter(({ isLastOwner }) => !isLastOwner).map(({ name }) => name)
  return (
    <Card title={t('ownData.whatHappens')}>
      <List spacing="xs">
        <List.Item>
          {t('ownData.projectsGo', {
            projects: farewell.projects,
            images: farewell.images,
            models: farewell.models,
            size: format.bytes(farewell.bytes),
          })}
        </List.Item>
        {farewell.peopleSharedWith > 0 && (
          <List.Item>{t('ownData.sharedGo', { count: farewell.peopleSharedWith })}</List.Item>
        )}
        {farewell.annotatedElsewhere + farewell.uploadedElsewhere > 0 && (
          <List.Item>
            {t('ownData.workStays', {
              annotated: farewell.annotatedElsewhere,
              uploaded: farewell.uploadedElsewhere,
            })}
          </List.Item>
        )}
        {stays.length > 0 && <List.Item>{t('ownData.membershipsGo', { names: stays.join(', ') })}</List.Item>}
        <List.Item>{t('ownData.personalGoes')}</List.Item>
        <List.Item>{t('ownData.recordStays')}</List.Item>
      </List>
    </Card>
  )
}

function Obstacle({ farewell }: { farewell: Farewell }) {
  const { t } = useTranslation()
  const names = farewell.organisations.filter(({ isLastOwner }) => isLastOwner).map(({ name }) => name)
  return (
    <Alert color="ochre" title={t('ownData.first')}>
      <Stack gap="xs">
        {names.length > 0 && t('ownData.handOver', { names: names.join(', ') })}
        {farewell.isLastAdministrator && t('error.LAST_ADMINISTRATOR')}
        <Group gap="xs">
          <LinkButton variant="default" to={names.length > 0 ? '/organisations' : '/administration'}>
            {names.length > 0 ? t('organisations.title') : t('audit.administration')}
          </LinkButton>
        </Group>
      </Stack>
    </Alert>
  )
}

function LastQuestion() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const navigate = useNavigate()
  const problemText = useProblemText()
  const hasPassword = useQuery(securityQuery).data?.hasPassword
  const [password, setPassword] = useState('')
  const [isSure, setIsSure] = useState(false)
  const end = useMutation({
    mutationFn: () => call(routes.deleteMe, { body: { password: hasPassword ? password : null } }),
    onSuccess: async () => {
      client.clear()
      await navigate({ to: '/sign-in' })
    },
  })
  if (hasPassword === undefined) return null
  return (
    <Card title={t('ownData.lastQuestion')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          end.mutate()
        }}
      >
        <Stack gap="sm">
          {hasPassword && (
            <PasswordInput
              label={t('account.password')}
              autoComplete="current-password"
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
          )}
          <Checkbox
            label={t('ownData.sure')}
            checked={isSure}
            onChange={(event) => setIsSure(event.currentTarget.checked)}
          />
          {end.isError && <Trouble>{problemText(end.error)}</Trouble>}
          <Group gap="xs">
            <Button
              type="submit"
              color="cinnabar"
              disabled={!isSure || (hasPassword && password === '')}
              loading={end.isPending}
            >
              {t('ownData.delete')}
            </Button>
            <LinkButton variant="default" to="/account">
              {t('common.cancel')}
            </LinkButton>
          </Group>
        </Stack>
      </form>
    </Card>
  )
}
