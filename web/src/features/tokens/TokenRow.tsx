import { Button, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/use-format.ts'

interface Props {
  token: { name: string; expiresAt: string | null }
  /** What it may do, and when it was last used. */
  about: { rights?: string; use: string }
  onRevoke: () => void
}

export function TokenRow({ token: { name, expiresAt }, about, onRevoke }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const end = expiresAt ? t('tokens.expires', { when: format.date(expiresAt) }) : t('tokens.neverExpires')
  return (
    <Group justify="space-between" wrap="nowrap">
      <div>
        <Text fw={500} style={{ overflowWrap: 'anywhere' }}>
          {name}
        </Text>
        <Text size="xs" c="dimmed">
          {[...(about.rights ? [about.rights] : []), end, about.use].join(' · ')}
        </Text>
      </div>
      <Button
        size="compact-sm"
        variant="subtle"
        color="cinnabar"
        style={{ flexShrink: 0 }}
        aria-label={t('tokens.revokeNamed', { name })}
        onClick={onRevoke}
      >
        {t('tokens.revoke')}
      </Button>
    </Group>
  )
}
