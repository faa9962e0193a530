import { Button, Group, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery } from '@tanstack/react-query'
import { type ModelVersion, type Project, routes } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { Card } from '../../ui/Card.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { useAct } from '../../ui/use-act.ts'
import { CompareDialog } from '../models/CompareDialog.tsx'
import { heldOutQuery } from '../models/model-queries.ts'
import { RollBack } from '../models/RollBack.tsx'
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
      {models.length > 0 && (
        <LinkButton variant="default" to="/projects/$projectId/worth" params={{ projectId: project.id }}>
          {t('worth.title')}
        </LinkButton>
      )}
      <RollBack project={project} models={models} />
      <ImportModel project={project} />
    </Group>
  )
  const heldOut = useQuery(heldOutQuery(project.id)).data
  const [compared, setCompared] = useState<ModelVersion | null>(null)
  const serving = models.find(({ state }) => state === 'serving')
  const partnerOf = (model: ModelVersion) =>
    models.find(({ id }) => id === model.gate?.againstId) ??
    (serving === model ? models.find((other) => other !== model) : serving)
  return (
    <Card title={t('training.models')} aside={buttons}>
      {models.length > 0 && heldOut && (
        <Text size="sm" c="dimmed">
          {t('models.heldOut', { images: heldOut.images, groups: heldOut.groups })}
        </Text>
      )}
      {models.length === 0 && <Text c="dimmed">{t('training.modelsEmpty')}</Text>}
      {models.map((model) => (
        <ModelRow key={model.id} model={model} onCompare={models.length > 1 ? () => setCompared(model) : undefined} />
      ))}
      {compared && (
        <CompareDialog
          project={project}
          models={models}
          shown={partnerOf(compared)?.id === compared.gate?.againstId ? compared.gate?.comparisonId : null}
          pair={[partnerOf(compared), compared]}
          onClose={() => setCompared(null)}
        />
      )}
    </Card>
  )
}
