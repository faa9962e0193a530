import { IconTags } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { isLearnable } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page } from '../../ui/Page.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { useProject } from '../projects/use-project.ts'
import { LiveRun } from './LiveRun.tsx'
import { ModelList } from './ModelList.tsx'
import { RunList } from './RunList.tsx'
import { RunResult } from './RunResult.tsx'
import classes from './TrainingPage.module.css'
import { TrainNow } from './TrainNow.tsx'
import { isActive, modelsQuery, runsQuery } from './training-queries.ts'

export function TrainingPage() {
  const { t } = useTranslation()
  const project = useProject()
  const { run: wanted } = useSearch({ from: '/app/projects/$projectId/training' })
  const runList = useQuery(runsQuery(project.id))
  const modelList = useQuery(modelsQuery(project.id))
  if (!isLearnable(project.taskType)) {
    return (
      <Notice icon={<IconTags size={26} stroke={1.6} />} title={t('training.title')}>
        {t('training.noTraining')}
      </Notice>
    )
  }
  const failed = [runList, modelList].find((query) => query.isError && query.data === undefined)
  if (failed) return <ErrorNotice error={failed.error} onRetry={() => void failed.refetch()} />
  const { data: runs } = runList
  const { data: models } = modelList
  if (!runs || !models) return <Waiting />
  const active = runs.find(isActive)
  const shown = active ?? runs.find((run) => run.id === wanted) ?? runs[0]
  const serving = models.find((model) => model.state === 'serving')
  return (
    <Page>
      <div className={classes.stack}>
        {!active && <TrainNow project={project} hasModel={serving !== undefined} />}
        {shown && <LiveRun run={shown} project={project} models={models} />}
        {!active && serving?.metrics && <RunResult model={serving} metrics={serving.metrics} />}
        <ModelList project={project} models={models} />
        {runs.length > 0 && <RunList runs={runs} models={models} shownId={shown?.id} />}
      </div>
    </Page>
  )
}
