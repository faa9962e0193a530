import { Button, Group, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { type ModelVersion, type Project, routes } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { Card } from '../../ui/Card.tsx'
import { useAct } from '../../ui/use-act.ts'
import { ImportModel } from './ImportModel.tsx'
import { ModelRow } from './ModelRow.tsx'

export function ModelList({ project, models }: { project: Project; models: readonly ModelVersion[] }) {
  const { t } = useTranslation()
  const act = useAct()
  const open = project.counts.images - project.counts.annotated
  const guessAgain = async () => {
    const { queued } = await call(routes.prelabelProject, { params: { projectId: project.id } })
    notifications.show({ message: t('training.guessQueued', { count: queued }) })
  }
  const buttons = (
    <Group gap="xs">
      {models.some((model) => model.state === 'serving') && open > 0 && (
        <Button variant="default" onClick={() => act(guessAgain)} title={t('training.guessAgainText', { count: open })}>
          {t('training.guessAgain')}
        </Button>
      )}
      <ImportModel project={project} />
    </Group>
  )
  return (
    <Card title={t('training.models')} aside={buttons}>
      {models.length === 0 && <Text c="dimmed">{t('training.modelsEmpty')}</Text>}
      {models.map((model) => (
        <ModelRow key={model.id} model={model} />
      ))}
    </Card>
  )
}
