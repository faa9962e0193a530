import { Text } from '@mantine/core'
import type { ClassEditPreview } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { Trouble } from '../../ui/Trouble.tsx'
import classes from './Classes.module.css'

/** What a change of the classes would do, in numbers. */
export function ClassFindings({ found }: { found: ClassEditPreview }) {
  const { t } = useTranslation()
  const { annotated, unanswered, guessed, marks, heldOut, references, readings, filters, restored, kept } = found
  const others = found.models.filter(({ isUsable, isServing }) => !isUsable && !isServing).length
  const serving = found.models.find(({ isServing }) => isServing)
  const lines = [
    annotated > 0 && t('classes.annotated', { count: annotated }),
    unanswered > 0 && t('classes.unanswered', { count: unanswered }),
    marks.moved > 0 && t(marks.isEstimate ? 'classes.movedAbout' : 'classes.moved', { count: marks.moved }),
    marks.removed > 0 && t(marks.isEstimate ? 'classes.removedAbout' : 'classes.removed', { count: marks.removed }),
    guessed > 0 && t('classes.guessed', { count: guessed }),
    restored > 0 && t('classes.restored', { count: restored }),
    kept > 0 && t('classes.kept', { count: kept }),
    heldOut.images > 0 && t('classes.heldOut', { count: heldOut.images }),
    heldOut.unmeasured.length > 0 && t('classes.unmeasured', { names: heldOut.unmeasured.join(', ') }),
    references > 0 && t('classes.references', { count: references }),
    readings > 0 && t('classes.readings', { count: readings }),
    filters > 0 && t('classes.filters', { count: filters }),
    others > 0 && t('classes.unfit', { count: others }),
  ].filter((line) => line !== false)
  return (
    <div>
      <Text fw={600} size="sm">
        {t('classes.does')}
      </Text>
      {lines.length === 0 && !serving && <Text size="sm">{t('classes.nothing')}</Text>}
      <ul className={classes.findings}>
        {lines.map((line) => (
          <li key={line}>
            <Text size="sm">{line}</Text>
          </li>
        ))}
        {serving && (
          <li>
            <Text size="sm">
              {!serving.isUsable
                ? t('classes.stops', { number: serving.number })
                : serving.unknown.length > 0
                  ? t('classes.unknown', { number: serving.number, names: serving.unknown.join(', ') })
                  : t('classes.goesOn', { number: serving.number })}
            </Text>
          </li>
        )}
      </ul>
      {found.frozen > 0 && <Trouble>{t('classes.frozen', { count: found.frozen })}</Trouble>}
    </div>
  )
}
