import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ModelVersion, routes } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { useAct } from '../../ui/use-act.ts'
import { GateNote } from '../models/GateNote.tsx'
import { ModelMenu } from '../models/ModelMenu.tsx'
import { usePromote } from '../models/use-promote.ts'
import { algorithmQuery } from '../projects/project-queries.ts'
import classes from './TrainingPage.module.css'
import { useHeadline } from './use-headline.ts'

interface Props {
  model: ModelVersion
  /** Missing: there is nothing to compare it with. */
  onCompare?: (() => void) | undefined
}

export function ModelRow({ model, onCompare }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const headline = useHeadline()
  const promote = usePromote(model)
  return (
    <div className={classes.row}>
      <div>
        <strong>{t('training.modelNumber', { number: model.number })}</strong>{' '}
        <span className={classes.badge} data-state={model.state}>
          {t(`training.modelState.${model.state}`)}
        </span>
        <div className={classes.help}>
          {model.lineage &&
            t('training.modelDetails', {
              backbone:
                model.lineage.backbone === 'imported'
                  ? t('trainingScope.importedNetwork')
                  : t(`settings.backbones.${model.lineage.backbone}.name`),
              size: model.lineage.imageSize,
              images: model.lineage.trainingImages,
            })}
          {model.imported && t('training.importedModel', { file: model.imported.fileName })}
          {' · '}
          {format.ago(model.createdAt)} · {format.bytes(model.byteSize)}
          {model.metrics && ` · ${headline(model.metrics)}`}
          {model.imported?.canPredict === false && ` · ${t('training.importedOther')}`}
        </div>
        {model.gate && (
          <div className={classes.help}>
            <GateNote gate={model.gate} />
          </div>
        )}
      </div>
      <div className={classes.buttons}>
        {onCompare && (
          <Button variant="subtle" size="compact-sm" onClick={onCompare}>
            {t('models.compareShort')}
          </Button>
        )}
        {model.imported?.canLearn && <StartFrom model={model} imported={model.imported} />}
        {model.state !== 'serving' && model.imported?.canPredict !== false && (
          <Button variant="subtle" size="compact-sm" onClick={promote}>
            {t('training.promote')}
          </Button>
        )}
        <ModelMenu model={model} />
      </div>
    </div>
  )
}

/** Lets trainings begin with what an imported model knows. */
function StartFrom({ model, imported }: { model: ModelVersion; imported: NonNullable<ModelVersion['imported']> }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const act = useAct()
  const { data: algorithm } = useQuery(algorithmQuery(model.projectId))
  const { mutateAsync } = useMutation({
    mutationFn: (modelUri: string | null) =>
      call(routes.putAlgorithm, {
        params: { projectId: model.projectId },
        body: { ...algorithm, modelUri, ...(imported.backbone ? { backbone: imported.backbone } : {}) },
      }),
    onSuccess: (saved) => client.setQueryData(keys.algorithm(model.projectId), saved),
  })
  if (!algorithm) return null
  const isChosen = algorithm.modelUri === model.uri
  return (
    <Button
      variant={isChosen ? 'light' : 'subtle'}
      size="compact-sm"
      aria-pressed={isChosen}
      title={t('training.startFromText')}
      onClick={() => act(() => mutateAsync(isChosen ? null : model.uri))}
    >
      {t(isChosen ? 'training.startsFrom' : 'training.startFrom')}
    </Button>
  )
}
