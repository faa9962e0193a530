import { Button, Divider, Stack, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { routes } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { useProblemText } from '../../ui/use-problem-text.ts'
import { providersQuery } from './account-queries.ts'

/** The installation's sign-in services; nothing where there are none. */
export function ProviderButtons({ to }: { to: string }) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  const providers = useQuery(providersQuery).data?.items ?? []
  const begin = useMutation({
    mutationFn: (provider: string) => call(routes.beginProviderSignIn, { params: { provider }, body: { to } }),
    onSuccess: ({ url }) => window.location.assign(url),
  })
  if (providers.length === 0) return null
  return (
    <Stack gap="xs" mt="lg">
      <Divider label={t('providers.or')} />
      {providers.map(({ id, label }) => (
        <Button
          key={id}
          variant="default"
          loading={begin.isPending && begin.variables === id}
          onClick={() => begin.mutate(id)}
        >
          {t('providers.continue', { label })}
        </Button>
      ))}
      {begin.isError && (
        <Text role="alert" c="var(--trouble)">
          {problemText(begin.error)}
        </Text>
      )}
    </Stack>
  )
}
