import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { isLearnable, routes } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'
import { Card } from '../../ui/Card.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { Page } from '../../ui/Page.tsx'
import { type Section, Sections } from '../../ui/Sections.tsx'
import { useAct } from '../../ui/use-act.ts'
import { GuidelineCard } from '../articles/GuidelineCard.tsx'
import { ClassesCard } from '../classes/ClassesCard.tsx'
import { ExportCard } from '../interchange/ExportCard.tsx'
import { ImportCard } from '../interchange/ImportCard.tsx'
import { useNames } from '../projects/default-names.ts'
import { algorithmQuery } from '../projects/project-queries.ts'
import { useProject } from '../projects/use-project.ts'
import { RemoteCard } from '../remote/RemoteCard.tsx'
import { ReviewSettingsCard } from '../reviews/ReviewSettingsCard.tsx'
import { WebhooksCard } from '../webhooks/WebhooksCard.tsx'
import { AlgorithmForm } from './AlgorithmForm.tsx'
import { ProjectForm } from './ProjectForm.tsx'
import { SettingsHistory } from './SettingsHistory.tsx'

export function SettingsPage() {
  const { t } = useTranslation()
  const project = useProject()
  const { projectName } = useNames()
  const client = useQueryClient()
  const navigate = useNavigate()
  const act = useAct()
  const algorithm = useQuery({ ...algorithmQuery(project.id), enabled: isLearnable(project.taskType) }).data
  const [restored, setRestored] = useState(0)
  const [isRemoving, removing] = useDisclosure(false)
  const remove = async () => {
    await call(routes.deleteProject, { params: { projectId: project.id } })
    await client.invalidateQueries({ queryKey: keys.projects })
    await navigate({ to: '/' })
  }
  const sections: (Section | false | undefined)[] = [
    {
      id: 'project',
      title: t('settings.general'),
      content: <ProjectForm key={project.id} project={project} />,
    },
    project.taskType !== 1000 && {
      id: 'classes',
      title: t('settings.classes'),
      content: <ClassesCard key={`classes ${project.id} ${project.classScheme}`} project={project} />,
    },
    algorithm && {
      id: 'model',
      title: t('settings.sections.model'),
      content: (
        <>
          <RemoteCard key={`remote of ${project.id} ${restored}`} project={project} algorithm={algorithm} />
          <AlgorithmForm
            key={`${project.id} ${restored} ${algorithm.strategy}`}
            projectId={project.id}
            algorithm={algorithm}
          />
          <SettingsHistory projectId={project.id} onRestore={() => setRestored(restored + 1)} />
        </>
      ),
    },
    {
      id: 'review',
      title: t('settings.sections.review'),
      content: (
        <>
          <ReviewSettingsCard key={`review of ${project.id}`} project={project} />
          <GuidelineCard key={`guideline of ${project.id}`} project={project} />
        </>
      ),
    },
    {
      id: 'exchange',
      title: t('settings.sections.exchange'),
      content: (
        <>
          <ExportCard key={`exports of ${project.id}`} project={project} />
          <ImportCard key={`imports of ${project.id}`} project={project} />
        </>
      ),
    },
    {
      id: 'webhooks',
      title: t('webhooks.title'),
      content: <WebhooksCard key={`webhooks of ${project.id}`} owner={{ projectId: project.id }} />,
    },
    {
      id: 'danger',
      title: t('settings.danger'),
      content: (
        <Card title={t('settings.danger')} text={t('settings.dangerText')}>
          <Button color="cinnabar" variant="outline" onClick={removing.open}>
            {t('projects.delete')}
          </Button>
        </Card>
      ),
    },
  ]
  return (
    <Page>
      <Sections label={t('settings.title')} sections={sections.filter((section) => !!section)} />
      {isRemoving && (
        <ConfirmDialog
          title={t('projects.deleteTitle', { name: projectName(project) })}
          text={t('projects.deleteText', { count: project.counts.images })}
          stay={t('common.cancel')}
          go={t('projects.delete')}
          onClose={removing.close}
          onConfirm={() => act(remove)}
        />
      )}
    </Page>
  )
}
