import { Button, Group, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type RemoteServer, routes } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { useProblemText } from '../../ui/use-problem-text.ts'
import { SecretNotice } from '../tokens/SecretNotice.tsx'
import { remoteKeys } from './remote-queries.ts'

/** The secrets with which messages are signed in both directions, and how to change them without a gap. */
export function SignatureSecret({ server }: { server: RemoteServer }) {
  const { t } = useTranslation()
  const format = useFormat()
  const client = useQueryClient()
  const problemText = useProblemText()
  const { projectId, secrets } = server
  const rotate = useMutation({
    mutationFn: () => call(routes.rotateRemoteSecret, { params: { projectId } }),
    onSuccess: (made) => client.setQueryData(remoteKeys.server(projectId), made.server),
  })
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Text fw={500}>{t('remote.secret')}</Text>
        <Button variant="default" size="compact-sm" loading={rotate.isPending} onClick={() => rotate.mutate()}>
          {secrets.length === 0 ? t('remote.makeSecret') : t('remote.rotateSecret')}
        </Button>
      </Group>
      <Text size="sm" c={secrets.length === 0 ? 'var(--trouble)' : 'dimmed'}>
        {secrets.length === 0 ? t('remote.noSecret') : t('remote.secretHelp')}
      </Text>
      {rotate.isError && (
        <Text role="alert" c="var(--trouble)">
          {problemText(rotate.error)}
        </Text>
      )}
      {rotate.data && <SecretNotice secret={rotate.data.secret} />}
      {secrets.map(({ hint, createdAt, expiresAt }) => (
        <Text size="sm" key={createdAt}>
          {hint} · {t('remote.secretMade', { when: format.ago(createdAt) })}
          {expiresAt && ` · ${t('tokens.expires', { when: format.date(expiresAt) })}`}
        </Text>
      ))}
    </Stack>
  )
}
