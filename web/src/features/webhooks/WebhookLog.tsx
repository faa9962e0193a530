import { Button, Group, SegmentedControl, Stack, Text, UnstyledButton } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { routes, type Webhook, type WebhookDelivery, WebhookDeliveryState } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { useAct } from '../../ui/use-act.ts'
import { Waiting } from '../../ui/Waiting.tsx'
import { DeliveryDetails } from './DeliveryDetails.tsx'
import { webhookDeliveriesQuery } from './webhook-queries.ts'

const SHOWN = ['all', ...WebhookDeliveryState.options] as const

/** What was sent, newest first, and what became of each message. */
export function WebhookLog({ webhook, onResend }: { webhook: Webhook; onResend: () => Promise<void> }) {
  const { t } = useTranslation()
  const [shown, setShown] = useState<(typeof SHOWN)[number]>('all')
  const log = useInfiniteQuery(webhookDeliveriesQuery(webhook.id, shown === 'all' ? null : shown))
  const items = log.data?.pages.flatMap((page) => page.items)
  return (
    <Stack gap="xs">
      <SegmentedControl
        size="xs"
        aria-label={t('webhooks.show')}
        value={shown}
        onChange={(value) => setShown(value as typeof shown)}
        data={SHOWN.map((value) => ({ value, label: t(`webhooks.shown.${value}`) }))}
        style={{ alignSelf: 'flex-start' }}
      />
      {log.isError && <ErrorNotice error={log.error} onRetry={() => void log.refetch()} />}
      {log.isPending && <Waiting />}
      {items?.length === 0 && (
        <Text size="sm" c="dimmed">
          {t(shown === 'all' ? 'webhooks.noDeliveries' : 'webhooks.noneOfState')}
        </Text>
      )}
      <ul style={{ listStyle: 'none', margin: 0, padding: 0, display: 'grid', gap: 2 }}>
        {items?.map((delivery) => (
          <DeliveryItem key={delivery.id} delivery={delivery} mayResend={webhook.off === null} onResend={onResend} />
        ))}
      </ul>
      {log.hasNextPage && (
        <Button size="compact-sm" variant="subtle" onClick={() => void log.fetchNextPage()}>
          {t('webhooks.older')}
        </Button>
      )}
    </Stack>
  )
}

interface ItemProps {
  delivery: WebhookDelivery
  mayResend: boolean
  onResend: () => Promise<void>
}

function DeliveryItem({ delivery, mayResend, onResend }: ItemProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const act = useAct()
  const [isOpen, setOpen] = useState(false)
  const { id, webhookId, type, state, status, tries, createdAt, nextAt } = delivery
  const event = t(`webhooks.event.${type as 'webhook.test'}`)
  const resend = async () => {
    await call(routes.resendWebhookDelivery, { params: { webhookId, deliveryId: id } })
    await onResend()
  }
  const became = [
    t(`webhooks.deliveryState.${state}`),
    status,
    t('webhooks.tries', { count: tries }),
    nextAt && tries > 0 ? t('webhooks.next', { when: format.ago(nextAt) }) : null,
  ]
  return (
    <li>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <UnstyledButton
          aria-expanded={isOpen}
          title={t('webhooks.details')}
          onClick={() => setOpen(!isOpen)}
          style={{ minWidth: 0, paddingBlock: 4 }}
        >
          <Text size="sm">{t('webhooks.detailsOf', { event, when: format.date(createdAt) })}</Text>
          <Text size="xs" c={state === 'delivered' ? 'dimmed' : 'var(--trouble)'}>
            {became.filter((part) => part !== null).join(' · ')}
          </Text>
        </UnstyledButton>
        {type !== 'webhook.test' && state !== 'waiting' && mayResend && (
          <Button
            size="compact-xs"
            variant="default"
            style={{ flexShrink: 0 }}
            onClick={() => act(resend, t('webhooks.resent'))}
          >
            {t('webhooks.resend')}
          </Button>
        )}
      </Group>
      {isOpen && <DeliveryDetails delivery={delivery} />}
    </li>
  )
}
