import { Button, Group, Text } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type Project, routes } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'
import { Card } from '../../ui/Card.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page } from '../../ui/Page.tsx'
import { useAct } from '../../ui/use-act.ts'
import { Waiting } from '../../ui/Waiting.tsx'
import { useNames } from './default-names.ts'
import { deletedProjectsQuery } from './project-queries.ts'

/** Projects that wait in the bin, each with a way back. */
export function DeletedProjectsPage() {
  const { t } = useTranslation()
  const projects = useQuery(deletedProjectsQuery)
  if (projects.isPending) return <Waiting />
  if (projects.isError) return <ErrorNotice error={projects.error} onRetry={() => void projects.refetch()} />
  if (projects.data.length === 0) {
    return (
      <Notice isPage icon={<IconTrash size={26} stroke={1.6} />} title={t('files.projectsBinEmpty')}>
        {t('files.projectsBinText')}
      </Notice>
    )
  }
  return (
    <Page>
      <div style={{ maxWidth: 720, margin: '0 auto' }}>
        <Card title={t('files.projectsBin')} text={t('files.projectsBinText')}>
          {projects.data.map((project) => (
            <DeletedProject key={project.id} project={project} />
          ))}
        </Card>
      </div>
    </Page>
  )
}

function DeletedProject({ project }: { project: Project }) {
  const { t } = useTranslation()
  const { projectName } = useNames()
  const client = useQueryClient()
  const act = useAct()
  const name = projectName(project)
  const restore = async () => {
    await call(routes.restoreProject, { params: { projectId: project.id } })
    await Promise.all([
      client.invalidateQueries({ queryKey: keys.projects }),
      client.invalidateQueries({ queryKey: deletedProjectsQuery.queryKey }),
    ])
  }
  return (
    <Group justify="space-between" py={6} wrap="nowrap">
      <div>
        <Text fw={600}>{name}</Text>
        <Text size="sm" c="dimmed">
          {t(`taskType.${project.taskType}.name`)} · {t('projects.images', { count: project.counts.images })}
        </Text>
      </div>
      <Button variant="default" onClick={() => act(restore, t('files.projectRestored', { name }))}>
        {t('files.restoreProject')}
      </Button>
    </Group>
  )
}
