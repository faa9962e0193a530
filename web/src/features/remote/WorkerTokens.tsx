import { Button, Group, Select, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { routes, type WorkerTokenId } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { useProblemText } from '../../ui/use-problem-text.ts'
import { ownerId, remoteKeys, type TokenOwner, workerTokensQuery } from './remote-queries.ts'
import { Copyable, SecretNotice } from './SecretNotice.tsx'

interface Props {
  owner: TokenOwner
  /** Whether our own worker is what uses them. */
  showsCommand: boolean
}

/** Tokens by which workers come for jobs: made, shown once, revoked. */
export function WorkerTokens({ owner, showsCommand }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const client = useQueryClient()
  const problemText = useProblemText()
  const [name, setName] = useState('')
  const [days, setDays] = useState('90')
  const tokens = useQuery(workerTokensQuery(owner)).data ?? []
  const refresh = () => client.invalidateQueries({ queryKey: remoteKeys.tokens(ownerId(owner)) })
  const create = useMutation({
    mutationFn: () => {
      const body = { name, expiresInDays: days === 'forever' ? null : Number(days) }
      return 'projectId' in owner
        ? call(routes.createWorkerToken, { params: owner, body })
        : call(routes.createOrganisationWorkerToken, { params: owner, body })
    },
    onSuccess: () => {
      setName('')
      return refresh()
    },
  })
  const revoke = useMutation({
    mutationFn: (id: WorkerTokenId) =>
      'projectId' in owner
        ? call(routes.deleteWorkerToken, { params: { ...owner, workerTokenId: id } })
        : call(routes.deleteOrganisationWorkerToken, { params: { ...owner, organisationTokenId: id } }),
    onSettled: refresh,
  })
  const periods = [30, 90, 365].map((count) => ({
    value: String(count),
    label: t('tokens.daysValue', { days: count }),
  }))
  return (
    <Stack gap="xs">
      <Text fw={500}>{t('remote.tokens')}</Text>
      <Text size="sm" c="dimmed">
        {t('remote.tokensHelp')}
      </Text>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          create.mutate()
        }}
      >
        <Group align="end" gap="xs">
          <TextInput
            style={{ flex: 1, minWidth: 160 }}
            label={t('remote.tokenName')}
            placeholder={t('remote.tokenPlaceholder')}
            maxLength={80}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Select
            w={130}
            label={t('tokens.days')}
            value={days}
            allowDeselect={false}
            onChange={(value) => setDays(value ?? '90')}
            data={[...periods, { value: 'forever', label: t('tokens.forever') }]}
          />
          <Button type="submit" disabled={name.trim() === ''} loading={create.isPending}>
            {t('tokens.create')}
          </Button>
        </Group>
      </form>
      {create.isError && (
        <Text role="alert" c="var(--trouble)">
          {problemText(create.error)}
        </Text>
      )}
      {create.data && (
        <SecretNotice secret={create.data.secret}>
          {showsCommand && (
            <>
              <Text size="sm" mt="sm">
                {t('remote.command')}
              </Text>
              <Copyable text={`npx vesalius worker --url ${window.location.origin} --token ${create.data.secret}`} />
            </>
          )}
        </SecretNotice>
      )}
      {tokens.map((token) => (
        <Group key={token.id} justify="space-between" wrap="nowrap">
          <div>
            <Text fw={500}>{token.name}</Text>
            <Text size="xs" c="dimmed">
              {token.expiresAt ? t('tokens.expires', { when: format.date(token.expiresAt) }) : t('tokens.neverExpires')}
              {' · '}
              {token.lastUsedAt
                ? t('remote.lastUsed', { when: format.ago(token.lastUsedAt), who: token.lastUsedBy ?? '' })
                : t('remote.neverUsed')}
            </Text>
          </div>
          <Button
            size="compact-sm"
            variant="subtle"
            color="cinnabar"
            aria-label={t('tokens.revokeNamed', { name: token.name })}
            onClick={() => revoke.mutate(token.id)}
          >
            {t('tokens.revoke')}
          </Button>
        </Group>
      ))}
    </Stack>
  )
}
