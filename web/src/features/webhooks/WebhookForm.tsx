import { Button, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { isOfOrganisation, WEBHOOK_EVENTS, type WebhookEvent, type WebhookSettings } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useProblemText } from '../../ui/use-problem-text.ts'

interface Props {
  before?: WebhookSettings
  isOrganisation: boolean
  onSave: (settings: WebhookSettings) => Promise<void>
  onCancel: () => void
}

/** Where messages go and what they tell of. */
export function WebhookForm({ before, isOrganisation, onSave, onCancel }: Props) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  const [name, setName] = useState(before?.name ?? '')
  const [url, setUrl] = useState(before?.url ?? '')
  const [events, setEvents] = useState<readonly WebhookEvent[]>(before?.events ?? [])
  const offered = WEBHOOK_EVENTS.filter((event) => isOrganisation || !isOfOrganisation(event))
  const save = useMutation({ mutationFn: () => onSave({ name, url, events: [...events] }) })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
    >
      <Stack gap="sm">
        <TextInput
          required
          data-autofocus
          label={t('webhooks.name')}
          placeholder={t('webhooks.namePlaceholder')}
          maxLength={80}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          type="url"
          required
          label={t('webhooks.url')}
          description={t('webhooks.urlHelp')}
          placeholder={t('webhooks.urlPlaceholder')}
          maxLength={2000}
          value={url}
          onChange={(event) => setUrl(event.currentTarget.value)}
        />
        <Checkbox.Group
          label={t('webhooks.events')}
          value={[...events]}
          onChange={(value) => setEvents(value as WebhookEvent[])}
        >
          <Stack gap={8} mt={8}>
            <Checkbox
              label={t('webhooks.all')}
              checked={events.length === offered.length}
              indeterminate={events.length > 0 && events.length < offered.length}
              onChange={(event) => setEvents(event.currentTarget.checked ? offered : [])}
              styles={{ label: { fontWeight: 500 } }}
            />
            <div style={{ display: 'grid', gap: 8, gridTemplateColumns: 'repeat(auto-fill, minmax(230px, 1fr))' }}>
              {offered.map((event) => (
                <Checkbox key={event} value={event} label={t(`webhooks.event.${event}`)} />
              ))}
            </div>
          </Stack>
        </Checkbox.Group>
        {save.isError && (
          <Text role="alert" c="var(--trouble)">
            {problemText(save.error)}
          </Text>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={save.isPending} disabled={!name.trim() || !url || events.length === 0}>
            {t(before ? 'webhooks.save' : 'webhooks.create')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
