import { Button, Table, Text } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type AlgorithmVersion, type ProjectId, routes } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { Card } from '../../ui/Card.tsx'
import { useAct } from '../../ui/use-act.ts'

/** Who changed which setting when, and the way back. */
export function SettingsHistory({ projectId, onRestore }: { projectId: ProjectId; onRestore: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const client = useQueryClient()
  const act = useAct()
  const params = { projectId }
  const versions = useQuery({
    queryKey: [...keys.algorithm(projectId), 'versions'],
    queryFn: async ({ signal }) => (await call(routes.listAlgorithmVersions, { params, signal })).items,
  }).data
  if (!versions || versions.length === 0) return null
  const restore = async (version: number) => {
    const saved = await call(routes.restoreAlgorithm, { params: { ...params, version } })
    client.setQueryData(keys.algorithm(projectId), saved)
    await client.invalidateQueries({ queryKey: keys.algorithm(projectId) })
    onRestore()
  }
  const describe = ({ version, changes, restoredFrom }: AlgorithmVersion) => {
    if (version === 0) return t('history.original')
    const lines = changes.map(({ field, from, to }) => `${field}: ${show(from)} → ${show(to)}`).join('; ')
    return restoredFrom === null ? lines : `${t('history.restored', { version: restoredFrom })} ${lines}`
  }
  return (
    <Card title={t('history.title')} text={t('history.text')}>
      <Table>
        <Table.Tbody>
          {versions.map((entry, index) => (
            <Table.Tr key={entry.version}>
              <Table.Td>
                <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
                  {describe(entry)}
                </Text>
                <Text size="sm" c="dimmed">
                  {[entry.authorName, format.ago(entry.createdAt)].filter(Boolean).join(' · ')}
                </Text>
              </Table.Td>
              <Table.Td ta="right">
                {index > 0 && (
                  <Button
                    variant="subtle"
                    size="compact-sm"
                    onClick={() => act(() => restore(entry.version), t('history.done', { version: entry.version }))}
                  >
                    {t('history.restore')}
                  </Button>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Card>
  )
}

function show(value: unknown): string {
  return value === null ? '–' : typeof value === 'object' ? Object.values(value).join(' ') : String(value)
}
