import { Badge, Button, Group, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/use-format.ts'
import { Card } from '../../ui/Card.tsx'
import { type Asked, PasskeyDialog } from './PasskeyDialog.tsx'
import { hasPasskeys } from './passkey-browser.ts'
import { passkeysQuery } from './passkey-queries.ts'

/** The passkeys of one's own account. */
export function PasskeysCard() {
  const { t } = useTranslation()
  const format = useFormat()
  const passkeys = useQuery(passkeysQuery).data
  const [asked, setAsked] = useState<Asked | null>(null)
  if (!passkeys) return null
  const canAdd = passkeys.isAvailable && hasPasskeys()
  return (
    <Card title={t('passkeys.title')} text={t('passkeys.text')}>
      <Stack gap="sm">
        {passkeys.items.map((passkey) => (
          <Group key={passkey.id} justify="space-between" gap="xs">
            <div style={{ minWidth: 0 }}>
              <Group gap="xs">
                <Text fw={500}>{passkey.name}</Text>
                {passkey.isSynced && (
                  <Badge variant="light" color="verdigris">
                    {t('passkeys.synced')}
                  </Badge>
                )}
              </Group>
              <Text size="xs" c="dimmed">
                {t('passkeys.since', { date: format.date(passkey.createdAt) })}
                {' · '}
                {passkey.lastUsedAt
                  ? t('passkeys.lastUsed', { when: format.ago(passkey.lastUsedAt) })
                  : t('passkeys.neverUsed')}
              </Text>
            </div>
            <Group gap={4} wrap="nowrap">
              <Button
                size="compact-sm"
                variant="subtle"
                aria-label={t('passkeys.renameNamed', { name: passkey.name })}
                onClick={() => setAsked({ kind: 'rename', passkey })}
              >
                {t('passkeys.rename')}
              </Button>
              <Button
                size="compact-sm"
                variant="subtle"
                color="cinnabar"
                aria-label={t('passkeys.removeNamed', { name: passkey.name })}
                onClick={() => setAsked({ kind: 'remove', passkey })}
              >
                {t('passkeys.remove')}
              </Button>
            </Group>
          </Group>
        ))}
        {canAdd ? (
          <div>
            <Button variant="default" onClick={() => setAsked({ kind: 'add' })}>
              {t('passkeys.add')}
            </Button>
          </div>
        ) : (
          <Text size="sm" c="dimmed">
            {t(hasPasskeys() ? 'passkeys.unavailable' : 'passkeys.noBrowser')}
          </Text>
        )}
      </Stack>
      {asked && <PasskeyDialog asked={asked} onClose={() => setAsked(null)} />}
    </Card>
  )
}
