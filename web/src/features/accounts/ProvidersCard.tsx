import { Button, Group, PasswordInput, Stack, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { routes } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { Card } from '../../ui/Card.tsx'
import { useProblemText } from '../../ui/use-problem-text.ts'
import { linkedProvidersQuery, providersQuery, securityKeys, securityQuery } from './account-queries.ts'

/** Accounts elsewhere that sign one in here. */
export function ProvidersCard() {
  const { t } = useTranslation()
  const format = useFormat()
  const client = useQueryClient()
  const problemText = useProblemText()
  const { problem } = useSearch({ from: '/app/account' })
  const [password, setPassword] = useState('')
  const offered = useQuery(providersQuery).data?.items ?? []
  const linked = useQuery(linkedProvidersQuery).data?.items ?? []
  const needsPassword = useQuery(securityQuery).data?.hasPassword ?? true
  const link = useMutation({
    mutationFn: (provider: string) =>
      call(routes.linkProvider, { body: { provider, ...(needsPassword ? { password } : {}) } }),
    onSuccess: ({ url }) => window.location.assign(url),
  })
  const unlink = useMutation({
    mutationFn: (provider: string) => call(routes.unlinkProvider, { body: { provider } }),
    onSuccess: () => client.invalidateQueries({ queryKey: securityKeys.providers }),
  })
  const others = offered.filter(({ id }) => !linked.some((link) => link.id === id))
  if (offered.length === 0 && linked.length === 0) return null
  const trouble = link.error ?? unlink.error ?? (problem ? { code: problem, message: '' } : null)
  return (
    <Card title={t('providers.title')} text={t('providers.text')}>
      <Stack gap="sm">
        {linked.map(({ id, label, linkedAt }) => (
          <Group key={id} justify="space-between">
            <div>
              <Text fw={500}>{label}</Text>
              <Text size="xs" c="dimmed">
                {t('providers.linkedSince', { date: format.date(linkedAt) })}
              </Text>
            </div>
            <Button size="compact-sm" variant="subtle" color="cinnabar" onClick={() => unlink.mutate(id)}>
              {t('providers.unlink', { label })}
            </Button>
          </Group>
        ))}
        {others.length > 0 && needsPassword && (
          <PasswordInput
            label={t('security.currentPassword')}
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
        )}
        {others.length > 0 && (
          <Group gap="xs">
            {others.map(({ id, label }) => (
              <Button
                key={id}
                variant="default"
                disabled={needsPassword && password === ''}
                loading={link.isPending && link.variables === id}
                onClick={() => link.mutate(id)}
              >
                {t('providers.link', { label })}
              </Button>
            ))}
          </Group>
        )}
        {trouble && (
          <Text role="alert" c="var(--trouble)">
            {problemText(trouble)}
          </Text>
        )}
      </Stack>
    </Card>
  )
}
