import { IconAlertTriangle, IconSparkles } from '@tabler/icons-react'
import type { Image } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { useProblemText } from '../ui/use-problem-text.ts'
import classes from './AnnotatePage.module.css'
import { isLocked } from './label-body.ts'

/** Whose answer this is, or why there is none. */
export function GuessHint({ image, isAsked, hasGuess }: { image: Image; isAsked: boolean; hasGuess: boolean }) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  if (isLocked(image)) return <p className={classes.hint}>{t('annotate.frozen')}</p>
  if (image.problem) {
    return (
      <p className={classes.hint}>
        <IconAlertTriangle size={15} /> {problemText(image.problem)}
      </p>
    )
  }
  if (!isAsked || image.annotatedAt) return null
  if (hasGuess) {
    return (
      <p className={classes.hint} data-model>
        <IconSparkles size={15} /> {t('annotate.guessBy')}
      </p>
    )
  }
  return (
    <p className={classes.hint}>{t(image.state === 'TO_LABEL' ? 'annotate.waitingText' : 'annotate.noGuessText')}</p>
  )
}
