import { Alert, Button, Checkbox, Code, CopyButton, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { routes, type TokenId, TokenScope } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { useProblemText } from '../../ui/use-problem-text.ts'
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
  const problemText = useProblemText()
  const [name, setName] = useState('')
  const [days, setDays] = useState('90')
  const [scopes, setScopes] = useState<TokenScope[]>(['read', 'write', 'predict'])
  const isAdministrator = useQuery(meQuery).data?.role === 'administrator'
  const create = useMutation({
    mutationFn: () =>
      call(routes.createToken, { body: { name, scopes, expiresInDays: days === 'forever' ? null : Number(days) } }),
    onSuccess: () => {
      setName('')
      return client.invalidateQueries({ queryKey: keys.tokens })
    },
  })
  const periods = [30, 90, 365].map((count) => ({
    value: String(count),
    label: t('tokens.daysValue', { days: count }),
  }))
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        create.mutate()
      }}
    >
      <Group align="end" gap="xs">
        <TextInput
          style={{ flex: 1 }}
          label={t('tokens.name')}
          placeholder={t('tokens.namePlaceholder')}
          value={name}
          maxLength={80}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Select
          w={130}
          label={t('tokens.days')}
          value={days}
          onChange={(value) => setDays(value ?? '90')}
          data={[...periods, { value: 'forever', label: t('tokens.forever') }]}
        />
        <Button type="submit" disabled={name.trim() === '' || scopes.length === 0} loading={create.isPending}>
          {t('tokens.create')}
        </Button>
      </Group>
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
      {create.isError && <Text c="var(--trouble)">{problemText(create.error)}</Text>}
      {create.data && (
        <Alert mt="sm" color="ochre" title={t('tokens.secretTitle')}>
          <Text size="sm">{t('tokens.secretText')}</Text>
          <Group mt={6} gap="xs" wrap="nowrap">
            <Code style={{ overflowWrap: 'anywhere' }}>{create.data.secret}</Code>
            <CopyButton value={create.data.secret}>
              {({ copied, copy }) => (
                <Button size="compact-sm" variant="default" onClick={copy}>
                  {copied ? t('common.copied') : t('common.copy')}
                </Button>
              )}
            </CopyButton>
          </Group>
        </Alert>
      )}
    </form>
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
        <Group key={token.id} justify="space-between" wrap="nowrap">
          <div>
            <Text fw={500}>{token.name}</Text>
            <Text size="xs" c="dimmed">
              {token.scopes.map((scope) => t(`tokens.scopeName.${scope}`)).join(', ')}
              {' · '}
              {token.expiresAt ? t('tokens.expires', { when: format.date(token.expiresAt) }) : t('tokens.neverExpires')}
              {' · '}
              {token.lastUsedAt ? t('tokens.lastUsed', { when: format.ago(token.lastUsedAt) }) : t('tokens.neverUsed')}
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
