import { Button, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { routes, type WebhookSettings } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { Card } from '../../ui/Card.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { SecretNotice } from '../tokens/SecretNotice.tsx'
import { WebhookForm } from './WebhookForm.tsx'
import { WebhookItem } from './WebhookItem.tsx'
import { type WebhookOwner, webhookKeys, webhooksQuery } from './webhook-queries.ts'

/** Addresses of other programs that are told when something happens. */
export function WebhooksCard({ owner }: { owner: WebhookOwner }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const list = useQuery(webhooksQuery(owner))
  const [isAdding, adding] = useDisclosure(false)
  const [secret, setSecret] = useState<string | null>(null)
  const isOrganisation = 'organisationId' in owner
  const create = async (body: WebhookSettings) => {
    const made = await ('projectId' in owner
      ? call(routes.createWebhook, { params: owner, body })
      : call(routes.createOrganisationWebhook, { params: owner, body }))
    setSecret(made.secret)
    adding.close()
    await client.invalidateQueries({ queryKey: webhookKeys.list(owner) })
  }
  return (
    <Card
      title={t('webhooks.title')}
      text={t(isOrganisation ? 'webhooks.organisationText' : 'webhooks.text')}
      aside={
        !isAdding && (
          <Button
            variant="default"
            style={{ flexShrink: 0 }}
            onClick={() => {
              setSecret(null)
              adding.open()
            }}
          >
            {t('webhooks.add')}
          </Button>
        )
      }
    >
      <Stack gap="md">
        {isAdding && <WebhookForm isOrganisation={isOrganisation} onSave={create} onCancel={adding.close} />}
        {secret && <SecretNotice secret={secret} />}
        {list.isError && <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />}
        {list.data?.length === 0 && !isAdding && (
          <Text size="sm" c="dimmed">
            {t('webhooks.empty')}
          </Text>
        )}
        {list.data?.map((webhook) => (
          <WebhookItem key={webhook.id} webhook={webhook} owner={owner} />
        ))}
      </Stack>
    </Card>
  )
}
