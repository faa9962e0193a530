import { Progress, SimpleGrid, Stack, Table, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { JOBS, type JobName, type Overview } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { type Format, useFormat } from '../../i18n/use-format.ts'
import { Card } from '../../ui/Card.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { overviewQuery } from './administration-queries.ts'

/** Storage and queue at a glance. */
export function OverviewCards() {
  const { t } = useTranslation()
  const format = useFormat()
  const overview = useQuery(overviewQuery)
  if (overview.isError) return <ErrorNotice error={overview.error} onRetry={() => void overview.refetch()} />
  if (!overview.data) return <Waiting />
  const { data } = overview
  return (
    <Stack gap="md">
      <Card
        title={t('administration.installation')}
        text={t('administration.runs', { version: data.version, since: format.date(data.startedAt) })}
      >
        <SimpleGrid cols={{ base: 2, sm: 3 }}>
          <Fact name={t('administration.accounts')} value={format.number(data.accounts)}>
            {data.frozenAccounts > 0 && t('administration.frozenCount', { count: data.frozenAccounts })}
          </Fact>
          <Fact name={t('organisations.title')} value={format.number(data.organisations)} />
          <Fact name={t('administration.projects')} value={format.number(data.projects)} />
          <Fact name={t('administration.images')} value={format.number(data.images)}>
            {format.bytes(data.imageBytes)}
          </Fact>
          <Fact name={t('administration.trainings')} value={format.number(data.runs.running)}>
            {t('administration.waitingCount', { count: data.runs.waiting })}
          </Fact>
          <Fact name={t('administration.unsent')} value={format.number(data.unsentMails)} />
        </SimpleGrid>
      </Card>
      <StorageCard overview={data} format={format} />
      <QueueCard overview={data} format={format} />
    </Stack>
  )
}

function Fact({ name, value, children }: { name: string; value: string; children?: React.ReactNode }) {
  return (
    <div>
      <Text size="sm" c="dimmed">
        {name}
      </Text>
      <Text size="xl" fw={600}>
        {value}
      </Text>
      <Text size="xs" c="dimmed">
        {children}
      </Text>
    </div>
  )
}

interface Part {
  overview: Overview
  format: Format
}

function StorageCard({ overview, format }: Part) {
  const { t } = useTranslation()
  const { disk, largest } = overview
  return (
    <Card
      title={t('administration.storage')}
      text={t('administration.storageText', {
        images: format.bytes(overview.imageBytes),
        models: format.bytes(overview.modelBytes),
        database: format.bytes(overview.databaseBytes),
      })}
    >
      <Stack gap="md">
        {disk && (
          <div>
            <Progress
              aria-label={t('administration.disk')}
              value={(100 * (disk.totalBytes - disk.freeBytes)) / disk.totalBytes}
              color={disk.freeBytes < disk.totalBytes / 10 ? 'cinnabar' : 'verdigris'}
            />
            <Text size="sm" mt={4}>
              {t('administration.diskFree', {
                free: format.bytes(disk.freeBytes),
                total: format.bytes(disk.totalBytes),
              })}
            </Text>
          </div>
        )}
        {largest.length > 0 && (
          <Table.ScrollContainer minWidth={420} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
            <Table verticalSpacing="xs">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('administration.owner')}</Table.Th>
                  <Table.Th>{t('administration.images')}</Table.Th>
                  <Table.Th>{t('administration.size')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {largest.map((held) => (
                  <Table.Tr key={held.ownerId}>
                    <Table.Td style={{ overflowWrap: 'anywhere' }}>
                      {held.name}
                      {held.isOrganisation && ` · ${t('audit.subjects.organisation')}`}
                    </Table.Td>
                    <Table.Td>{format.number(held.images)}</Table.Td>
                    <Table.Td>{format.bytes(held.bytes)}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        )}
      </Stack>
    </Card>
  )
}

function QueueCard({ overview: { queues }, format }: Part) {
  const { t } = useTranslation()
  const nameOf = (name: string) => (name in JOBS ? t(`administration.jobs.${name as JobName}`) : name)
  return (
    <Card title={t('administration.queue')} text={t('administration.queueText')}>
      {queues.length === 0 ? (
        <Text c="dimmed">{t('administration.queueEmpty')}</Text>
      ) : (
        <Table.ScrollContainer minWidth={480} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
          <Table verticalSpacing="xs">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('administration.job')}</Table.Th>
                <Table.Th>{t('administration.active')}</Table.Th>
                <Table.Th>{t('administration.waiting')}</Table.Th>
                <Table.Th>{t('administration.oldest')}</Table.Th>
                <Table.Th>{t('administration.failed')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {queues.map((queue) => (
                <Table.Tr key={queue.name}>
                  <Table.Td>{nameOf(queue.name)}</Table.Td>
                  <Table.Td>{format.number(queue.active)}</Table.Td>
                  <Table.Td>{format.number(queue.waiting)}</Table.Td>
                  <Table.Td>{queue.oldestWaitingAt && format.ago(queue.oldestWaitingAt)}</Table.Td>
                  <Table.Td c={queue.failed > 0 ? 'var(--trouble)' : undefined}>{format.number(queue.failed)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Card>
  )
}
