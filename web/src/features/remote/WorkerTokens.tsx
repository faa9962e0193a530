import { Stack, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { routes, type WorkerTokenId } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { NewTokenForm } from '../tokens/NewTokenForm.tsx'
import { Copyable } from '../tokens/SecretNotice.tsx'
import { TokenRow } from '../tokens/TokenRow.tsx'
import { ownerId, remoteKeys, type TokenOwner, workerTokensQuery } from './remote-queries.ts'

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
  const tokens = useQuery(workerTokensQuery(owner)).data ?? []
  const refresh = () => client.invalidateQueries({ queryKey: remoteKeys.tokens(ownerId(owner)) })
  const revoke = useMutation({
    mutationFn: (id: WorkerTokenId) =>
      'projectId' in owner
        ? call(routes.deleteWorkerToken, { params: { ...owner, workerTokenId: id } })
        : call(routes.deleteOrganisationWorkerToken, { params: { ...owner, organisationTokenId: id } }),
    onSettled: refresh,
  })
  const command = (secret: string) => (
    <>
      <Text size="sm" mt="sm">
        {t('remote.command')}
      </Text>
      <Copyable text={`npx vesalius worker --url ${window.location.origin} --token ${secret}`} />
    </>
  )
  return (
    <Stack gap="xs">
      <Text fw={500}>{t('remote.tokens')}</Text>
      <Text size="sm" c="dimmed">
        {t('remote.tokensHelp')}
      </Text>
      <NewTokenForm
        label={t('remote.tokenName')}
        placeholder={t('remote.tokenPlaceholder')}
        make={async (body) => {
          const made =
            'projectId' in owner
              ? await call(routes.createWorkerToken, { params: owner, body })
              : await call(routes.createOrganisationWorkerToken, { params: owner, body })
          await refresh()
          return made
        }}
        {...(showsCommand ? { hint: command } : {})}
      />
      {tokens.map((token) => (
        <TokenRow
          key={token.id}
          token={token}
          about={{
            use: token.lastUsedAt
              ? t('remote.lastUsed', { when: format.ago(token.lastUsedAt), who: token.lastUsedBy ?? '' })
              : t('remote.neverUsed'),
          }}
          onRevoke={() => revoke.mutate(token.id)}
        />
      ))}
    </Stack>
  )
}
