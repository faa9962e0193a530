import { Button, Group, Select, TextInput } from '@mantine/core'
import { AUDIT_SUBJECTS, type AuditAction, type AuditSubject, type Person } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { PersonSelect } from '../people/PersonSelect.tsx'

const ACTIONS: readonly AuditAction[] = ['create', 'change', 'delete']

/** What is asked of the record; days are whole days here, where the reader sits. */
export interface AuditFilter {
  action?: AuditAction | undefined
  subject?: AuditSubject | undefined
  /** One thing: all that ever happened to it. */
  subjectId?: string | undefined
  actor?: Person | undefined
  firstDay?: string | undefined
  lastDay?: string | undefined
}

/** As the server reads it. */
export function auditQuery({ action, subject, subjectId, actor, firstDay, lastDay }: AuditFilter) {
  return {
    ...(action ? { action } : {}),
    ...(subject ? { subject } : {}),
    ...(subjectId ? { subjectId } : {}),
    ...(actor ? { actorId: actor.id } : {}),
    ...(firstDay ? { from: startOf(firstDay, 0) } : {}),
    ...(lastDay ? { to: startOf(lastDay, 1) } : {}),
  }
}

function startOf(day: string, later: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(year, month - 1, date + later).toISOString()
}

export function AuditFilters({ filter, onChange }: { filter: AuditFilter; onChange: (filter: AuditFilter) => void }) {
  const { t } = useTranslation()
  const change = (part: AuditFilter) => onChange({ ...filter, ...part })
  return (
    <Group gap="xs" align="start">
      <Select
        w={120}
        clearable
        label={t('audit.action')}
        placeholder={t('audit.all')}
        value={filter.action ?? null}
        data={ACTIONS.map((each) => ({ value: each, label: t(`audit.${each}`) }))}
        onChange={(value) => change({ action: (value as AuditAction | null) ?? undefined })}
      />
      <Select
        w={190}
        clearable
        searchable
        label={t('audit.subject')}
        placeholder={t('audit.all')}
        value={filter.subject ?? null}
        data={AUDIT_SUBJECTS.map((each) => ({ value: each, label: t(`audit.subjects.${each}`) }))}
        onChange={(value) => change({ subject: (value as AuditSubject | null) ?? undefined })}
      />
      <div style={{ width: 190 }}>
        <PersonSelect
          label={t('audit.who')}
          value={filter.actor ?? null}
          onChange={(actor) => change({ actor: actor ?? undefined })}
        />
      </div>
      {(['firstDay', 'lastDay'] as const).map((end) => (
        <TextInput
          key={end}
          w={150}
          type="date"
          label={t(`audit.${end}`)}
          value={filter[end] ?? ''}
          onChange={(event) => change({ [end]: event.currentTarget.value || undefined })}
        />
      ))}
      {filter.subjectId && (
        <Button variant="light" mt={25} onClick={() => change({ subjectId: undefined })}>
          {t('audit.everything')}
        </Button>
      )}
    </Group>
  )
}
