import { Alert, Button, Code, CopyButton, Group, type MantineSpacing, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

/** A secret that is shown this once. */
export function SecretNotice({ secret, mt, children }: { secret: string; mt?: MantineSpacing; children?: ReactNode }) {
  const { t } = useTranslation()
  return (
    <Alert color="ochre" {...(mt ? { mt } : {})} title={t('tokens.secretTitle')}>
      <Text size="sm">{t('tokens.secretText')}</Text>
      <Copyable text={secret} />
      {children}
    </Alert>
  )
}

export function Copyable({ text }: { text: string }) {
  const { t } = useTranslation()
  return (
    <Group mt={6} gap="xs" wrap="nowrap">
      <Code style={{ overflowWrap: 'anywhere' }}>{text}</Code>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Button size="compact-sm" variant="default" onClick={copy} style={{ flexShrink: 0 }}>
            {copied ? t('common.copied') : t('common.copy')}
          </Button>
        )}
      </CopyButton>
    </Group>
  )
}
