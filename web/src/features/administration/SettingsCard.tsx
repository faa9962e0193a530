import { Badge, Code, Group, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Card } from '../../ui/Card.tsx'
import { settingsQuery } from './administration-queries.ts'

/** Settings in force. They are changed in the environment of the server, so here they are only read. */
export function SettingsCard() {
  const { t, i18n } = useTranslation()
  const settings = useQuery(settingsQuery).data?.items ?? []
  const language = i18n.language === 'zh' ? 'zh' : 'en'
  return (
    <Card title={t('administration.settings')} text={t('administration.settingsText')}>
      <Stack gap="sm">
        {settings.map((setting) => (
          <div key={setting.name}>
            <Group gap="xs">
              <Code translate="no">{setting.name}</Code>
              {setting.isSecret && setting.value !== null && (
                <Badge variant="light" color="ochre">
                  {t('administration.hidden')}
                </Badge>
              )}
              {!setting.isDefault && (
                <Badge variant="light" color="verdigris">
                  {t('administration.given')}
                </Badge>
              )}
            </Group>
            <Text translate="no" style={{ overflowWrap: 'anywhere' }}>
              {setting.value || '–'}
            </Text>
            {setting.description && (
              <Text size="xs" c="dimmed">
                {setting.description[language]}
              </Text>
            )}
          </div>
        ))}
      </Stack>
    </Card>
  )
}
