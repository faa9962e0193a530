import { Button, Group, Stack, Text } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { routes, type SessionId } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { Card } from '../../ui/Card.tsx'
import { useAct } from '../../ui/use-act.ts'
import { securityKeys, sessionsQuery } from './account-queries.ts'
import { nameOfBrowser } from './name-of-browser.ts'

export function SessionsCard() {
  const { t } = useTranslation()
  const format = useFormat()
  const client = useQueryClient()
  const act = useAct()
  const sessions = useQuery(sessionsQuery).data?.items ?? []
  const renew = () => client.invalidateQueries({ queryKey: securityKeys.sessions })
  const end = (sessionId: SessionId) => act(() => call(routes.endSession, { params: { sessionId } }).then(renew))
  const endOthers = () => act(() => call(routes.endOtherSessions, {}).then(renew), t('security.othersEnded'))
  return (
    <Card title={t('security.sessions')} text={t('security.sessionsText')}>
      <Stack gap="xs">
        {sessions.map((session) => (
          <Group key={session.id} justify="space-between" wrap="nowrap">
            <div style={{ minWidth: 0 }}>
              <Text fw={500} truncate>
                {nameOfBrowser(session.userAgent) ?? t('security.unknownDevice')}
                {session.isCurrent && ` · ${t('security.thisSession')}`}
              </Text>
              <Text size="xs" c="dimmed">
                {[session.ipAddress, format.date(session.createdAt)].filter(Boolean).join(' · ')}
              </Text>
            </div>
            {!session.isCurrent && (
              <Button size="compact-sm" variant="subtle" color="cinnabar" onClick={() => end(session.id)}>
                {t('security.endSession')}
              </Button>
            )}
          </Group>
        ))}
        {sessions.length > 1 && (
          <div>
            <Button variant="default" onClick={endOthers}>
              {t('security.endOthers')}
            </Button>
          </div>
        )}
      </Stack>
    </Card>
  )
}
