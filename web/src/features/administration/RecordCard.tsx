import { Button, Group, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { routes } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call, urlOf } from '../../api/call.ts'
import { Card } from '../../ui/Card.tsx'
import { useProblemText } from '../../ui/use-problem-text.ts'
import { type AuditFilter, auditQuery } from '../audit/AuditFilters.tsx'
import { AuditTable } from '../audit/AuditTable.tsx'

/** The record of changes of the whole installation, and whether anything in it was tampered with. */
export function RecordCard() {
  const { t } = useTranslation()
  const [filter, setFilter] = useState<AuditFilter>({})
  return (
    <Card title={t('audit.title')} text={t('audit.text')}>
      <Stack gap="md">
        <Verification filter={filter} />
        <AuditTable of="all" filter={filter} onFilter={setFilter} />
      </Stack>
    </Card>
  )
}

/** Exports hold what the filter below leaves. */
function Verification({ filter }: { filter: AuditFilter }) {
  const { t } = useTranslation()
  const asked = auditQuery(filter)
  const problemText = useProblemText()
  const verify = useMutation({ mutationFn: () => call(routes.verifyAudit, {}) })
  const { data } = verify
  return (
    <Stack gap="xs">
      <Group gap="xs">
        <Button variant="default" loading={verify.isPending} onClick={() => verify.mutate()}>
          {t('audit.verify')}
        </Button>
        <Button
          component="a"
          variant="subtle"
          href={urlOf(routes.exportAudit, { query: { ...asked, format: 'jsonl' } })}
        >
          {t('audit.exportLines')}
        </Button>
        <Button
          component="a"
          variant="subtle"
          href={urlOf(routes.exportAudit, { query: { ...asked, format: 'fhir' } })}
        >
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
