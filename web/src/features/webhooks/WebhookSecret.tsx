import { Button, Group, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { routes, type Webhook } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { useProblemText } from '../../ui/use-problem-text.ts'
import { SecretNotice } from '../tokens/SecretNotice.tsx'

/** The secrets of signatures, and how to change them without a gap. */
export function WebhookSecret({ webhook, onDone }: { webhook: Webhook; onDone: () => Promise<void> }) {
  const { t } = useTranslation()
  const format = useFormat()
  const problemText = useProblemText()
  const rotate = useMutation({
    mutationFn: () => call(routes.rotateWebhookSecret, { params: { webhookId: webhook.id } }),
    onSuccess: onDone,
  })
  return (
    <Stack gap={6}>
      <Group justify="space-between">
        <Text fw={500}>{t('webhooks.secret')}</Text>
        <Button variant="default" size="compact-sm" loading={rotate.isPending} onClick={() => rotate.mutate()}>
          {t('webhooks.rotate')}
        </Button>
      </Group>
      <Text size="sm" c="dimmed">
        {t('webhooks.secretText')}
      </Text>
      {rotate.isError && (
        <Text role="alert" c="var(--trouble)">
          {problemText(rotate.error)}
        </Text>
      )}
      {rotate.data && <SecretNotice secret={rotate.data.secret} />}
      {webhook.secrets.map(({ hint, createdAt, expiresAt }) => (
        <Text size="sm" key={createdAt}>
          {hint} · {t('webhooks.secretMade', { when: format.ago(createdAt) })}
          {expiresAt && ` · ${t('tokens.expires', { when: format.date(expiresAt) })}`}
        </Text>
      ))}
    </Stack>
  )
}
