import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import type { ModelVersion, Run, RunId } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/use-format.ts'
import { Card } from '../../ui/Card.tsx'
import { useProblemText } from '../../ui/use-problem-text.ts'
import classes from './TrainingPage.module.css'
import { useHeadline } from './use-headline.ts'

interface Props {
  runs: readonly Run[]
  models: readonly ModelVersion[]
  /** The run whose curves the page shows. */
  shownId: RunId | undefined
}

export function RunList({ runs, models, shownId }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const headline = useHeadline()
  const problemText = useProblemText()
  const navigate = useNavigate({ from: '/projects/$projectId/training' })
  const modelOf = (run: Run) => models.find((model) => model.id === run.modelVersionId)
  const details = (run: Run) => [
    t(`training.trigger.${run.trigger}`),
    format.ago(run.createdAt),
    run.imageCount !== null && t('training.runImages', { count: run.imageCount }),
    run.metrics && headline(run.metrics),
    run.error && problemText(run.error),
  ]
  return (
    <Card title={t('training.runs')}>
      {runs.map((run) => {
        const model = modelOf(run)
        return (
          <div key={run.id} className={classes.row}>
            <div>
              <span className={classes.badge} data-state={run.state}>
                {t(`training.state.${run.state}`)}
              </span>{' '}
              {model && <strong>{t('training.modelNumber', { number: model.number })}</strong>}
              <div className={classes.help}>{details(run).filter(Boolean).join(' · ')}</div>
            </div>
            {run.id !== shownId && (
              <Button variant="subtle" size="compact-sm" onClick={() => void navigate({ search: { run: run.id } })}>
                {t('training.showRun')}
              </Button>
            )}
          </div>
        )
      })}
    </Card>
  )
}
