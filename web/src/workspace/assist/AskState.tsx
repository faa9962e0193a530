import { useTranslation } from 'react-i18next'
import { KeyCap } from '../../ui/KeyCap.tsx'
import { useKeyName } from '../actions/shortcuts.ts'
import type { AskGesture } from '../marks/gestures/ask.ts'
import classes from '../marks/Marks.module.css'

/** Over the image: what became of a question to the model, and how its answer is taken or refused. */
export function AskState({
  gesture,
  onTake,
  onRefuse,
}: {
  gesture: AskGesture
  onTake: () => void
  onRefuse: () => void
}) {
  const { t } = useTranslation()
  const keyName = useKeyName()
  if (!gesture.question) return null
  const count = gesture.answer?.length ?? 0
  return (
    <div className={classes.asked} role="status">
      {gesture.answer === null ? t('assist.looking') : t('assist.found', { count })}
      {count > 0 && (
        <button type="button" onClick={onTake}>
          {t('assist.take')} <KeyCap>{keyName('accept')}</KeyCap>
        </button>
      )}
      <button type="button" onClick={onRefuse}>
        {t('assist.refuse')} <KeyCap>{keyName('cancel')}</KeyCap>
      </button>
    </div>
  )
}
