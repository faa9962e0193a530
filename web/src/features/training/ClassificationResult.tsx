import type { ClassificationMetrics, ModelVersion } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/use-format.ts'
import { Card } from '../../ui/Card.tsx'
import { useNames } from '../projects/default-names.ts'
import { ClassTable } from './ClassTable.tsx'
import { ConfusionMatrix } from './ConfusionMatrix.tsx'
import { Figure } from './Figure.tsx'
import classes from './TrainingPage.module.css'

interface Props {
  model: ModelVersion
  metrics: ClassificationMetrics
}

/** What a classifier can do, in figures and in words. */
export function ClassificationResult({ model, metrics }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const { className } = useNames()
  const { accuracy, accuracyInterval, auroc, ece, balancedAccuracy } = metrics
  const share = (value: number | null) => (value === null ? t('common.notYet') : format.exactPercent(value))
  const ratio = (value: number | null) => (value === null ? '–' : format.number(value, 3))
  const trust = ece === null ? null : ece < 0.05 ? 'eceGood' : ece < 0.15 ? 'eceFair' : 'ecePoor'
  return (
    <Card
      title={t('training.lastResult')}
      text={t('training.resultFrom', { number: model.number, images: metrics.images })}
    >
      <div className={classes.stack}>
        <div className={classes.figures}>
          <Figure label={t('training.accuracy')} value={share(accuracy)}>
            {accuracy !== null && t('training.accuracyPlain', { count: Math.round(accuracy * 10) })}
            <br />
            {accuracyInterval &&
              t('training.interval', {
                low: format.exactPercent(accuracyInterval[0]),
                high: format.exactPercent(accuracyInterval[1]),
              })}
          </Figure>
          <Figure label={t('training.balanced')} value={share(balancedAccuracy)}>
            {t('training.balancedHelp')}
          </Figure>
          <Figure label={t('training.auroc')} value={ratio(auroc)}>
            {t('training.aurocHelp')}
          </Figure>
          <Figure label={t('training.ece')} value={ratio(ece)}>
            {ece !== null && t('training.ecePlain', { points: format.exactPercent(ece) })}
            <br />
            {trust && t(`training.${trust}`)}
          </Figure>
        </div>
        <ConfusionMatrix names={model.classes.map(className)} counts={metrics.confusion} />
        <ClassTable rows={metrics.perClass} columns={['precision', 'recall', 'f1', 'auroc']} />
      </div>
    </Card>
  )
}
