import { Button, Group, Stack, Text } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type OwnArchive, routes } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { call, urlOf } from '../../api/call.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { Card } from '../../ui/Card.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { useAct } from '../../ui/use-act.ts'
import { archivesQuery, securityKeys } from './account-queries.ts'

/** All that is one's own as a file, and the way to the end of the account. */
export function OwnDataCard() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const act = useAct()
  const archives = useQuery(archivesQuery).data?.items ?? []
  const isGathering = archives.some(({ state }) => state === 'pending')
  const gather = () =>
    act(() =>
      call(routes.createOwnArchive, {}).then(() => client.invalidateQueries({ queryKey: securityKeys.archives })),
    )
  return (
    <Card title={t('ownData.title')} text={t('ownData.text')}>
      <Stack gap="sm">
        {archives.map((archive) => (
          <ArchiveRow key={archive.id} archive={archive} />
        ))}
        <Group gap="xs">
          <Button variant="default" loading={isGathering} onClick={gather}>
            {t('ownData.gather')}
          </Button>
          <LinkButton variant="subtle" color="cinnabar" to="/account/delete">
            {t('ownData.delete')}
          </LinkButton>
        </Group>
      </Stack>
    </Card>
  )
}

function ArchiveRow({ archive }: { archive: OwnArchive }) {
  const { t } = useTranslation()
  const format = useFormat()
  const facts = [
    t(`ownData.states.${archive.state}`),
    archive.byteSize !== null && format.bytes(archive.byteSize),
    archive.state === 'ready' && t('ownData.keptUntil', { when: format.date(archive.endsAt) }),
  ]
  return (
    <Group justify="space-between" wrap="nowrap">
      <div style={{ minWidth: 0 }}>
        <Text fw={500}>{format.date(archive.createdAt)}</Text>
        <Text size="xs" c={archive.state === 'failed' ? 'var(--trouble)' : 'dimmed'} role="status">
          {facts.filter(Boolean).join(' · ')}
        </Text>
      </div>
      {archive.state === 'ready' && (
        <Button
          component="a"
          size="compact-sm"
          variant="subtle"
          leftSection={<IconDownload size={15} />}
          href={urlOf(routes.getOwnArchive, { params: { archiveId: archive.id } })}
        >
          {t('ownData.download')}
        </Button>
      )}
    </Group>
  )
}
