import { Button, Group, Stack, Switch, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { routes, type Webhook, type WebhookSettings } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { useAct } from '../../ui/use-act.ts'
import { useProblemText } from '../../ui/use-problem-text.ts'
import { WebhookForm } from './WebhookForm.tsx'
import { WebhookLog } from './WebhookLog.tsx'
import { WebhookSecret } from './WebhookSecret.tsx'
import { type WebhookOwner, webhookKeys } from './webhook-queries.ts'

/** One webhook: how it does, and what can be done with it. */
export function WebhookItem({ webhook, owner }: { webhook: Webhook; owner: WebhookOwner }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const act = useAct()
  const [open, setOpen] = useState<'form' | 'log' | 'removal' | null>(null)
  const params = { webhookId: webhook.id }
  const { name } = webhook
  const refresh = async () => {
    await client.invalidateQueries({ queryKey: webhookKeys.list(owner) })
    await client.invalidateQueries({ queryKey: webhookKeys.deliveries(webhook.id) })
  }
  const change = async (body: Partial<WebhookSettings> & { isOn?: boolean }) => {
    await call(routes.updateWebhook, { params, body })
    await refresh()
  }
  const remove = async () => {
    await call(routes.deleteWebhook, { params })
    await refresh()
  }
  const toggle = (which: 'form' | 'log') => setOpen(open === which ? null : which)
  return (
    <section aria-label={name} style={{ borderTop: '1px solid var(--line)', paddingTop: 14 }}>
      <Stack gap="xs">
        <Group justify="space-between" align="flex-start" wrap="nowrap">
          <div style={{ minWidth: 0 }}>
            <Text fw={500}>{name}</Text>
            <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
              {webhook.url}
            </Text>
            <StateLine webhook={webhook} />
          </div>
          <Switch
            label={t('webhooks.on')}
            aria-label={`${t('webhooks.on')}: ${name}`}
            checked={webhook.off === null}
            onChange={(event) => {
              const isOn = event.currentTarget.checked
              act(() => change({ isOn }))
            }}
          />
        </Group>
        <Group gap="xs">
          <TestButton webhook={webhook} onDone={refresh} />
          <Button
            variant="default"
            size="compact-sm"
            aria-expanded={open === 'log'}
            aria-label={t('webhooks.logNamed', { name })}
            onClick={() => toggle('log')}
          >
            {t('webhooks.log')}
          </Button>
          <Button
            variant="default"
            size="compact-sm"
            aria-expanded={open === 'form'}
            aria-label={t('webhooks.editNamed', { name })}
            onClick={() => toggle('form')}
          >
            {t('webhooks.edit')}
          </Button>
          <Button variant="subtle" color="cinnabar" size="compact-sm" onClick={() => setOpen('removal')}>
            {t('webhooks.remove')}
          </Button>
        </Group>
        {open === 'form' && (
          <>
            <WebhookForm
              before={webhook}
              isOrganisation={'organisationId' in owner}
              onCancel={() => setOpen(null)}
              onSave={async (settings) => {
                await change(settings)
                setOpen(null)
              }}
            />
            <WebhookSecret webhook={webhook} onDone={refresh} />
          </>
        )}
        {open === 'log' && <WebhookLog webhook={webhook} onResend={refresh} />}
        {open === 'removal' && (
          <ConfirmDialog
            title={t('webhooks.removeTitle', { name })}
            text={t('webhooks.removeText')}
            stay={t('common.cancel')}
            go={t('webhooks.remove')}
            onClose={() => setOpen(null)}
            onConfirm={() => act(remove)}
          />
        )}
      </Stack>
    </section>
  )
}

function StateLine({ webhook: { off, failingSince, waiting, events } }: { webhook: Webhook }) {
  const { t } = useTranslation()
  const format = useFormat()
  const isInTrouble = off === 'failing' || off === 'gone' || (off === null && failingSince !== null)
  const state =
    off === null && failingSince
      ? t('webhooks.state.trouble', { when: format.ago(failingSince) })
      : t(`webhooks.state.${off ?? 'on'}`)
  return (
    <Text size="sm" {...(isInTrouble ? { c: 'var(--trouble)' } : {})}>
      {[state, t('webhooks.eventCount', { count: events.length }), t('webhooks.waiting', { count: waiting })].join(
        ' · ',
      )}
    </Text>
  )
}

function TestButton({ webhook, onDone }: { webhook: Webhook; onDone: () => Promise<void> }) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  const test = useMutation({
    mutationFn: () => call(routes.testWebhook, { params: { webhookId: webhook.id } }),
    onSettled: onDone,
  })
  const { attempt } = test.data ?? {}
  const hasArrived = test.data?.delivery.state === 'delivered'
  return (
    <>
      <Button
        variant="default"
        size="compact-sm"
        loading={test.isPending}
        aria-label={t('webhooks.testNamed', { name: webhook.name })}
        onClick={() => test.mutate()}
      >
        {t('webhooks.test')}
      </Button>
      {(attempt || test.isError) && (
        <Text
          size="sm"
          role="status"
          style={{ order: 9, flexBasis: '100%' }}
          c={hasArrived ? 'dimmed' : 'var(--trouble)'}
        >
          {test.isError
            ? problemText(test.error)
            : hasArrived
              ? t('webhooks.tested', { status: attempt?.status ?? '' })
              : t('webhooks.testFailed', { reason: attempt?.reason ?? '' })}
        </Text>
      )}
    </>
  )
}
