import type { DetectionMetrics, ModelVersion, SegmentationMetrics } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/use-format.ts'
import { Card } from '../../ui/Card.tsx'
import { ClassTable } from './ClassTable.tsx'
import { Figure } from './Figure.tsx'
import classes from './TrainingPage.module.css'

type Name = 'map50' | 'map' | 'dice' | 'iou' | 'hd95' | 'auroc' | 'ap50'

interface Props {
  model: ModelVersion
  metrics: DetectionMetrics | SegmentationMetrics
}

/** What a detector or a segmenter can do, in figures and in words. */
export function MarkResult({ model, metrics }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const ratio = (value: number | null) => (value === null ? '–' : format.number(value, 3))
  const pixels = (value: number | null) => (value === null ? '–' : t('training.pixels', { count: value }))
  const figures: [Name, string][] =
    metrics.kind === 'detection'
      ? [
          ['map50', ratio(metrics.map50)],
          ['map', ratio(metrics.map)],
        ]
      : [
          ['dice', ratio(metrics.dice)],
          ['iou', ratio(metrics.iou)],
          ['hd95', pixels(metrics.hd95)],
          metrics.ap50 === null ? ['auroc', ratio(metrics.auroc)] : ['ap50', ratio(metrics.ap50)],
        ]
  return (
    <Card
      title={t('training.lastResult')}
      text={t('training.resultFrom', { number: model.number, images: metrics.images })}
    >
      <div className={classes.stack}>
        <div className={classes.figures}>
          {figures.map(([name, value]) => (
            <Figure key={name} label={t(`training.${name}`)} value={value}>
              {t(`training.${name}Help`)}
            </Figure>
          ))}
        </div>
        {metrics.kind === 'detection' ? (
          <ClassTable rows={metrics.perClass} columns={['ap50', 'precision', 'recall', 'f1']} />
        ) : (
          <ClassTable rows={metrics.perClass} columns={['dice', 'iou']} />
        )}
      </div>
    </Card>
  )
}
