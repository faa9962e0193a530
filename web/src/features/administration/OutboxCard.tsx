import { Code, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { routes } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { Card } from '../../ui/Card.tsx'

export function OutboxCard() {
  const { t } = useTranslation()
  const format = useFormat()
  const mails = useQuery({
    queryKey: ['mails'],
    queryFn: ({ signal }) => call(routes.listMails, { signal }),
    staleTime: 0,
  })
  const items = mails.data?.items ?? []
  return (
    <Card title={t('audit.outbox')} text={t('audit.outboxText')}>
      {items.length === 0 ? (
        <Text c="dimmed">{t('audit.outboxEmpty')}</Text>
      ) : (
        <Stack gap="md">
          {items.map((mail) => (
            <div key={mail.id}>
              <Text fw={500}>
                {mail.to} · {mail.subject}
              </Text>
              <Text size="xs" c="dimmed">
                {[format.date(mail.createdAt), mail.problem].filter(Boolean).join(' · ')}
              </Text>
              <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
                {mail.text}
              </Code>
            </div>
          ))}
        </Stack>
      )}
    </Card>
  )
}
