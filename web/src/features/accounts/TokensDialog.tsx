import { Checkbox, Modal, Stack, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { routes, type TokenId, TokenScope } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { NewTokenForm } from '../tokens/NewTokenForm.tsx'
import { TokenRow } from '../tokens/TokenRow.tsx'
import { meQuery, tokensQuery } from './account-queries.ts'

export function TokensDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Modal opened={opened} onClose={onClose} title={t('tokens.title')} size="lg">
      <Stack gap="md">
        <Text c="dimmed">{t('tokens.text')}</Text>
        <NewToken />
        <TokenList />
      </Stack>
    </Modal>
  )
}

function NewToken() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [scopes, setScopes] = useState<TokenScope[]>(['read', 'write', 'predict'])
  const isAdministrator = useQuery(meQuery).data?.role === 'administrator'
  return (
    <NewTokenForm
      label={t('tokens.name')}
      placeholder={t('tokens.namePlaceholder')}
      isIncomplete={scopes.length === 0}
      make={async (asked) => {
        const made = await call(routes.createToken, { body: { ...asked, scopes } })
        await client.invalidateQueries({ queryKey: keys.tokens })
        return made
      }}
    >
      <Checkbox.Group
        mt="xs"
        label={t('tokens.scopes')}
        value={scopes}
        onChange={(values) => setScopes(values as TokenScope[])}
      >
        <Stack gap={6} mt={4}>
          {TokenScope.options
            .filter((scope) => scope !== 'admin' || isAdministrator)
            .map((scope) => (
              <Checkbox key={scope} value={scope} label={t(`tokens.scope.${scope}`)} />
            ))}
        </Stack>
      </Checkbox.Group>
    </NewTokenForm>
  )
}

function TokenList() {
  const { t } = useTranslation()
  const format = useFormat()
  const client = useQueryClient()
  const tokens = useQuery(tokensQuery).data?.items ?? []
  const revoke = useMutation({
    mutationFn: (tokenId: TokenId) => call(routes.deleteToken, { params: { tokenId } }),
    onSettled: () => client.invalidateQueries({ queryKey: keys.tokens }),
  })
  if (tokens.length === 0) return <Text c="dimmed">{t('tokens.empty')}</Text>
  return (
    <Stack gap={6}>
      {tokens.map((token) => (
        <TokenRow
          key={token.id}
          token={token}
          about={{
            rights: token.scopes.map((scope) => t(`tokens.scopeName.${scope}`)).join(', '),
            use: token.lastUsedAt
              ? t('tokens.lastUsed', { when: format.ago(token.lastUsedAt) })
              : t('tokens.neverUsed'),
          }}
          onRevoke={() => revoke.mutate(token.id)}
        />
      ))}
    </Stack>
  )
}
