import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { type ModelVersion, type Project, routes } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { call, urlOf } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { Card } from '../../ui/Card.tsx'
import { useAct } from '../../ui/use-act.ts'
import classes from './TrainingPage.module.css'
import { useHeadline } from './use-headline.ts'

export function ModelList({ project, models }: { project: Project; models: readonly ModelVersion[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const headline = useHeadline()
  const client = useQueryClient()
  const act = useAct()
  const open = project.counts.images - project.counts.annotated
  const promote = async (model: ModelVersion) => {
    await call(routes.promoteModel, { params: { modelVersionId: model.id } })
    await client.invalidateQueries({ queryKey: keys.models(project.id) })
  }
  const guessAgain = async () => {
    const { queued } = await call(routes.prelabelProject, { params: { projectId: project.id } })
    notifications.show({ message: t('training.guessQueued', { count: queued }) })
  }
  const again = models.some((model) => model.state === 'serving') && open > 0 && (
    <Button variant="default" onClick={() => act(guessAgain)} title={t('training.guessAgainText', { count: open })}>
      {t('training.guessAgain')}
    </Button>
  )
  return (
    <Card title={t('training.models')} aside={again}>
      {models.map((model) => (
        <div key={model.id} className={classes.row}>
          <div>
            <strong>{t('training.modelNumber', { number: model.number })}</strong>{' '}
            <span className={classes.badge} data-state={model.state}>
              {t(`training.modelState.${model.state}`)}
            </span>
            <div className={classes.help}>
              {t('training.modelDetails', {
                backbone: t(`settings.backbones.${model.lineage.backbone}.name`),
                size: model.lineage.imageSize,
                images: model.lineage.trainingImages,
              })}
              {' · '}
              {format.ago(model.createdAt)} · {format.bytes(model.byteSize)}
              {model.metrics && ` · ${headline(model.metrics)}`}
            </div>
          </div>
          <div>
            {model.state !== 'serving' && (
              <Button
                variant="subtle"
                size="compact-sm"
                onClick={() => act(() => promote(model), t('training.promoted', { number: model.number }))}
              >
                {t('training.promote')}
              </Button>
            )}
            <Button
              component="a"
              download
              variant="subtle"
              size="compact-sm"
              href={urlOf(routes.getModelFile, { params: { modelVersionId: model.id } })}
            >
              {t('training.downloadModel')}
            </Button>
          </div>
        </div>
      ))}
    </Card>
  )
}
