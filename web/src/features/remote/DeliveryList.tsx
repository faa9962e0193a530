import { Table, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ProjectId, RemoteDelivery } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/use-format.ts'
import { deliveriesQuery } from './remote-queries.ts'

const SHOWN = 20

/** The last messages to and from the server: when, which way, what became of each, and why. */
export function DeliveryList({ projectId }: { projectId: ProjectId }) {
  const { t } = useTranslation()
  const format = useFormat()
  const said = useQuery(deliveriesQuery(projectId)).data
  if (!said) return null
  const items = said.items.slice(0, SHOWN)
  const status = ({ outcome, status, milliseconds }: RemoteDelivery) =>
    [
      t(`remote.outcomes.${outcome}`),
      status,
      milliseconds === null ? null : `${format.number(milliseconds / 1000, 2)} s`,
    ]
      .filter((part) => part !== null)
      .join(' · ')
  return (
    <div>
      <Text fw={500}>{t('remote.deliveries')}</Text>
      <Text size="sm" c="dimmed">
        {t('remote.waiting', { count: said.waiting })}
      </Text>
      {items.length === 0 ? (
        <Text size="sm" mt={6}>
          {t('remote.noDeliveries')}
        </Text>
      ) : (
        <Table.ScrollContainer minWidth={420}>
          <Table aria-label={t('remote.deliveries')}>
            <Table.Tbody>
              {items.map((item) => (
                <Table.Tr key={item.id}>
                  <Table.Td style={{ whiteSpace: 'nowrap' }}>{format.ago(item.at)}</Table.Td>
                  <Table.Td style={{ whiteSpace: 'nowrap' }}>{t(`remote.directions.${item.direction}`)}</Table.Td>
                  <Table.Td>
                    <Text size="sm" {...(item.outcome === 'accepted' ? {} : { c: 'var(--trouble)' })}>
                      {status(item)}
                    </Text>
                    {item.reason && (
                      <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
                        {item.reason}
                      </Text>
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </div>
  )
}
