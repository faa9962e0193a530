import { Button, Progress } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type ModelVersion, type Project, type Run, routes } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'
import { patchRun } from '../../api/patch-caches.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { Card } from '../../ui/Card.tsx'
import { useProblemText } from '../../ui/use-problem-text.ts'
import { WaitingModel } from '../models/WaitingModel.tsx'
import { CurveChart } from './CurveChart.tsx'
import classes from './TrainingPage.module.css'
import { isActive } from './training-queries.ts'

interface Props {
  run: Run
  project: Project
  models: readonly ModelVersion[]
}

/** One run, live while it goes: how far, how long still, and its curves. */
export function LiveRun({ run: listed, project, models }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const client = useQueryClient()
  const navigate = useNavigate()
  const problemText = useProblemText()
  const fetched = useQuery({
    queryKey: keys.run(listed.id),
    queryFn: ({ signal }) => call(routes.getRun, { params: { runId: listed.id }, signal }),
  }).data
  const run = fetched && (fetched.curve.length > listed.curve.length || fetched.finishedAt) ? fetched : listed
  const cancel = useMutation({
    mutationFn: () => call(routes.cancelRun, { params: { runId: run.id } }),
    onSuccess: (ended) => patchRun(client, ended),
  })
  const guess = useMutation({
    mutationFn: () => call(routes.prelabelProject, { params: { projectId: project.id } }),
    onSettled: () =>
      navigate({
        to: '/projects/$projectId',
        params: { projectId: project.id },
        search: { annotated: false, order: 'next' },
      }),
  })
  const { progress, curve } = run
  const goes = isActive(run)
  const seconds = run.startedAt && run.finishedAt ? (Date.parse(run.finishedAt) - Date.parse(run.startedAt)) / 1000 : 0
  const title = goes ? t(run.state === 'pending' ? 'training.pending' : `training.phase.${progress.phase}`) : runTitle()
  function runTitle() {
    if (run.state === 'failed') return t('training.errorTitle')
    return `${t(`training.state.${run.state}`)}${seconds > 0 ? ` · ${format.duration(seconds)}` : ''}`
  }
  const model = models.find(({ id }) => id === run.modelVersionId)
  const isServing = run.state === 'succeeded' && model?.state === 'serving'
  const text = run.error
    ? problemText(run.error)
    : run.state === 'cancelled'
      ? t('training.cancelledText')
      : isServing
        ? t('training.afterText')
        : undefined
  const aside = goes ? (
    <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate()}>
      {t('training.cancel')}
    </Button>
  ) : (
    isServing && (
      <Button loading={guess.isPending} onClick={() => guess.mutate()}>
        {t('training.afterFirst')}
      </Button>
    )
  )
  return (
    <Card title={title} text={text} aside={aside}>
      {goes && (
        <>
          <Progress value={progress.fraction * 100} color="ochre.5" aria-label={t('training.running')} />
          <p className={classes.progressLine}>
            {progress.epoch > 0 && (
              <span title={t('training.epochHelp')}>{t('training.epochOpen', { epoch: progress.epoch })}</span>
            )}
            {progress.secondsLeft !== null && (
              <span>{t('training.timeLeft', { time: format.duration(progress.secondsLeft) })}</span>
            )}
            {progress.imagesPerSecond !== null && (
              <span>{t('training.imagesPerSecond', { count: progress.imagesPerSecond })}</span>
            )}
          </p>
        </>
      )}
      {!goes && model?.state === 'candidate' && (
        <WaitingModel model={model} serving={models.find(({ state }) => state === 'serving')} />
      )}
      {(goes || curve.length > 0) && (
        <div className={classes.charts}>
          <CurveChart
            title={t('training.loss')}
            help={t('training.lossHelp')}
            epochs={curve.map((point) => point.epoch)}
            training={curve.map((point) => point.trainLoss)}
            validation={curve.map((point) => point.validationLoss)}
          />
          <CurveChart
            isShare
            title={t('training.accuracy')}
            help={t('training.accuracyHelp')}
            epochs={curve.map((point) => point.epoch)}
            training={curve.map((point) => point.trainAccuracy)}
            validation={curve.map((point) => point.validationAccuracy)}
          />
        </div>
      )}
    </Card>
  )
}
