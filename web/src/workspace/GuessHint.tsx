import { IconAlertTriangle, IconSparkles } from '@tabler/icons-react'
import type { Image } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { useProblemText } from '../ui/use-problem-text.ts'
import classes from './AnnotatePage.module.css'
import { isLocked } from './label-body.ts'

interface Props {
  image: Image
  isAsked: boolean
  hasGuess: boolean
  /** A model guesses in this project. */
  hasModel: boolean
}

/** Whose answer this is, or why there is none. */
export function GuessHint({ image, isAsked, hasGuess, hasModel }: Props) {
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
  // Blind readers are shown no guess, and the first model is there already.
  if (hasModel && image.state !== 'TO_LABEL') return null
  return (
    <p className={classes.hint}>{t(image.state === 'TO_LABEL' ? 'annotate.waitingText' : 'annotate.noGuessText')}</p>
  )
}
