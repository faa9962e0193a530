import { Code, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { WebhookDelivery, WebhookTry } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/use-format.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { webhookDeliveryQuery } from './webhook-queries.ts'

/** A message as it went out, and each try with what came back, newest first. */
export function DeliveryDetails({ delivery: { id, webhookId, tries } }: { delivery: WebhookDelivery }) {
  const { t } = useTranslation()
  const details = useQuery(webhookDeliveryQuery(webhookId, id, tries))
  if (details.isError) return <ErrorNotice error={details.error} onRetry={() => void details.refetch()} />
  if (!details.data) return null
  const { body, attempts } = details.data
  return (
    <Stack gap="xs" py="xs">
      <Text size="xs" fw={500}>
        {t('webhooks.sent')}
      </Text>
      <Block text={JSON.stringify(JSON.parse(body), null, 2)} />
      {attempts.map((attempt, index) => (
        <Attempt key={attempt.at} attempt={attempt} number={attempts.length - index} />
      ))}
    </Stack>
  )
}

function Attempt({ attempt, number }: { attempt: WebhookTry; number: number }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { at, milliseconds, status, reason, requestHeaders, responseHeaders, response } = attempt
  const seconds = format.number(milliseconds / 1000, 2)
  const headers = (list: Record<string, string>) =>
    Object.entries(list)
      .map(([name, value]) => `${name}: ${value}`)
      .join('\n')
  return (
    <>
      <Text size="xs" fw={500}>
        {t('webhooks.try', { number, when: format.date(at) })}
        {' · '}
        {status === null ? t('webhooks.unanswered', { seconds }) : t('webhooks.answered', { status, seconds })}
      </Text>
      {status === null && reason && (
        <Text size="xs" c="var(--trouble)">
          {reason}
        </Text>
      )}
      <Block text={headers(requestHeaders)} />
      {status !== null && <Block text={[headers(responseHeaders), response].filter(Boolean).join('\n\n')} />}
    </>
  )
}

function Block({ text }: { text: string }) {
  return (
    // A long answer is scrolled by keyboard too.
    <Code
      block
      tabIndex={0}
      style={{ maxHeight: 220, overflow: 'auto', overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}
    >
      {text}
    </Code>
  )
}
