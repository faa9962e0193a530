import { Button, Stack, Table, Text, UnstyledButton } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { AUDIT_FIELDS, AUDIT_SUBJECTS, type AuditEvent, type OrganisationId, routes } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { type AuditFilter, AuditFilters, auditQuery } from './AuditFilters.tsx'

const ACTORS = ['session', 'token', 'job', 'visitor', 'system'] as const
const knownSubject = (name: string) => AUDIT_SUBJECTS.find((each) => each === name)
const knownField = (name: string) => AUDIT_FIELDS.find((each) => each === name)
const knownActor = (name: string) => ACTORS.find((each) => each === name)

interface Props {
  of: { organisationId: OrganisationId } | 'all'
  filter: AuditFilter
  onFilter: (filter: AuditFilter) => void
}

/** Recorded changes, newest first: of an organisation, or of the whole installation. */
export function AuditTable({ of, filter, onFilter }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const asked = auditQuery(filter)
  const subjectName = (name: string) => {
    const known = knownSubject(name)
    return known ? t(`audit.subjects.${known}`) : name
  }
  const actorName = ({ actorName: name, actorBy }: AuditEvent) => {
    const known = knownActor(actorBy)
    return name ?? (known ? t(`audit.by.${known}`) : actorBy)
  }
  const events = useInfiniteQuery({
    queryKey: ['audit', of, asked],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => {
      const query = { ...asked, limit: 25, ...(pageParam ? { cursor: pageParam } : {}) }
      return of === 'all'
        ? call(routes.listAudit, { query, signal })
        : call(routes.listOrganisationAudit, { params: of, query, signal })
    },
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    staleTime: 0,
  })
  const rows = events.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Stack gap="sm">
      <AuditFilters filter={filter} onChange={onFilter} />
      {events.isError && <ErrorNotice error={events.error} onRetry={() => void events.refetch()} />}
      <Table.ScrollContainer minWidth={560} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
        <Table verticalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('audit.when')}</Table.Th>
              <Table.Th style={{ whiteSpace: 'nowrap' }}>{t('audit.who')}</Table.Th>
              <Table.Th>{t('audit.what')}</Table.Th>
              <Table.Th>{t('audit.values')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody style={{ verticalAlign: 'top' }}>
            {rows.map((event) => (
              <Table.Tr key={event.seq}>
                <Table.Td style={{ whiteSpace: 'nowrap' }}>{format.date(event.at)}</Table.Td>
                <Table.Td>{actorName(event)}</Table.Td>
                <Table.Td>
                  {t('audit.done', { deed: t(`audit.${event.action}`), what: subjectName(event.subject) })}
                  <UnstyledButton
                    display="block"
                    fz="xs"
                    c="dimmed"
                    translate="no"
                    style={{ overflowWrap: 'anywhere' }}
                    title={t('audit.onlyThis')}
                    onClick={() => onFilter({ subjectId: event.subjectId })}
                  >
                    {event.subjectId}
                  </UnstyledButton>
                </Table.Td>
                <Table.Td>
                  <Values event={event} />
                  {event.reason && <Text size="xs">{event.reason}</Text>}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {rows.length === 0 && events.isSuccess && <Text c="dimmed">{t('audit.empty')}</Text>}
      {events.hasNextPage && (
        <div>
          <Button variant="default" loading={events.isFetchingNextPage} onClick={() => void events.fetchNextPage()}>
            {t('audit.more')}
          </Button>
        </div>
      )}
    </Stack>
  )
}

/** Old → new, value by value. */
function Values({ event: { before, after } }: { event: AuditEvent }) {
  const { t } = useTranslation()
  const nameOf = (name: string) => {
    const known = knownField(name)
    return known ? t(`audit.fields.${known}`) : name
  }
  // What was never set and is not now says nothing.
  const names = Object.keys(after ?? before ?? {})
    .filter((name) => (before?.[name] ?? after?.[name] ?? null) !== null)
    .slice(0, 8)
  return (
    <>
      {names.map((name) => (
        <Text key={name} size="xs" style={{ overflowWrap: 'anywhere' }}>
          {t('audit.value', { name: nameOf(name) })}{' '}
          <span translate="no">
            {before && short(before[name])}
            {before && after && ' → '}
            {after && short(after[name])}
          </span>
        </Text>
      ))}
    </>
  )
}

function short(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
  return text.length > 80 ? `${text.slice(0, 77)}…` : text
}
