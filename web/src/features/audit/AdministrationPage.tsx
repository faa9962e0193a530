import { Button, Code, Group, Stack, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { routes } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { call, urlOf } from '../../api/call.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { Card } from '../../ui/Card.tsx'
import { Page } from '../../ui/Page.tsx'
import { useProblemText } from '../../ui/use-problem-text.ts'
import { AuditTable } from './AuditTable.tsx'

/** For administrators of the installation: mail that was not sent, and the record of changes. */
export function AdministrationPage() {
  const { t } = useTranslation()
  return (
    <Page>
      <div style={{ display: 'grid', gap: 16, maxWidth: 960, margin: '0 auto' }}>
        <h1 style={{ margin: 0 }}>{t('audit.administration')}</h1>
        <OutboxCard />
        <Card title={t('audit.title')} text={t('audit.text')}>
          <Stack gap="md">
            <Verification />
            <AuditTable of="all" />
          </Stack>
        </Card>
      </div>
    </Page>
  )
}

function OutboxCard() {
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

function Verification() {
  const { t } = useTranslation()
  const problemText = useProblemText()
  const verify = useMutation({ mutationFn: () => call(routes.verifyAudit, {}) })
  const { data } = verify
  return (
    <Stack gap="xs">
      <Group gap="xs">
        <Button variant="default" loading={verify.isPending} onClick={() => verify.mutate()}>
          {t('audit.verify')}
        </Button>
        <Button component="a" variant="subtle" href={urlOf(routes.exportAudit, { query: { format: 'jsonl' } })}>
          {t('audit.exportLines')}
        </Button>
        <Button component="a" variant="subtle" href={urlOf(routes.exportAudit, { query: { format: 'fhir' } })}>
          {t('audit.exportFhir')}
        </Button>
      </Group>
      {verify.isError && (
        <Text role="alert" c="var(--trouble)">
          {problemText(verify.error)}
        </Text>
      )}
      {data && data.flaws.length === 0 && (
        <Text role="status" style={{ overflowWrap: 'anywhere' }}>
          {t('audit.intact', { count: data.events })} {data.head && `${data.head.seq}:${data.head.hash}`}
        </Text>
      )}
      {data && data.flaws.length > 0 && (
        <Text role="alert" c="var(--trouble)">
          {t('audit.flawed', { list: data.flaws.map(({ seq }) => seq).join(', ') })}
        </Text>
      )}
    </Stack>
  )
}
