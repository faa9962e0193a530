import { Button, Group, Select, Stack, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { routes } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { Card } from '../../ui/Card.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { AccountRow } from './AccountRow.tsx'
import { administrationKeys } from './administration-queries.ts'

const STATES = ['active', 'frozen', 'administrator'] as const
type State = (typeof STATES)[number]

export function AccountsCard() {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [state, setState] = useState<State | null>(null)
  const [search] = useDebouncedValue(text.trim(), 250)
  const accounts = useInfiniteQuery({
    queryKey: [...administrationKeys.accounts, search, state],
    initialPageParam: undefined as string | undefined,
    placeholderData: keepPreviousData,
    staleTime: 0,
    queryFn: ({ pageParam, signal }) =>
      call(routes.listAccounts, {
        query: {
          limit: 25,
          ...(search ? { search } : {}),
          ...(state ? { state } : {}),
          ...(pageParam ? { cursor: pageParam } : {}),
        },
        signal,
      }),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  })
  const rows = accounts.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Card title={t('administration.accounts')} text={t('administration.accountsText')}>
      <Stack gap="md">
        <Group gap="xs" align="end">
          <TextInput
            style={{ flex: 1, minWidth: 180 }}
            type="search"
            label={t('administration.search')}
            value={text}
            maxLength={100}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Select
            w={180}
            clearable
            label={t('administration.state')}
            placeholder={t('audit.all')}
            value={state}
            data={STATES.map((each) => ({ value: each, label: t(`administration.states.${each}`) }))}
            onChange={(value) => setState(value as State | null)}
          />
        </Group>
        {accounts.isError && <ErrorNotice error={accounts.error} onRetry={() => void accounts.refetch()} />}
        {rows.map((account) => (
          <AccountRow key={account.id} account={account} />
        ))}
        {rows.length === 0 && accounts.isSuccess && <Text c="dimmed">{t('administration.nobody')}</Text>}
        {accounts.hasNextPage && (
          <div>
            <Button
              variant="default"
              loading={accounts.isFetchingNextPage}
              onClick={() => void accounts.fetchNextPage()}
            >
              {t('audit.more')}
            </Button>
          </div>
        )}
      </Stack>
    </Card>
  )
}
