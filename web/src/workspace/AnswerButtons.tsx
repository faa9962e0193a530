import type { Project } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { useNames } from '../features/projects/default-names.ts'
import { useFormat } from '../i18n/use-format.ts'
import { KeyCap } from '../ui/KeyCap.tsx'
import classes from './AnnotatePage.module.css'
import { keyOfClass } from './actions/find-command.ts'

interface Props {
  project: Project
  value: number | null
  weights: readonly number[] | null
  /** The chosen class is the model's answer, which no person has accepted yet. */
  isGuess: boolean
  isLocked: boolean
  onChoose: (value: number) => void
}

export function AnswerButtons({ project, value, weights, isGuess, isLocked, onChoose }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const { className } = useNames()
  return (
    <div role="radiogroup" aria-label={t('annotate.classes')}>
      {project.classes.map((name, index) => {
        const key = keyOfClass(index)
        const share = weights?.[index]
        return (
          // biome-ignore lint/a11y/useSemanticElements: a row with a bar and a key, one of which is pressed by digit
          <button
            key={name}
            type="button"
            role="radio"
            aria-checked={value === index}
            data-answer={index}
            data-guess={isGuess || undefined}
            disabled={isLocked}
            className={classes.answer}
            onClick={() => onChoose(index)}
          >
            <span>{key && <KeyCap>{key}</KeyCap>}</span>
            <span>{className(name)}</span>
            {share !== undefined && <span className={classes.share}>{format.percent(share)}</span>}
            {share !== undefined && <span className={classes.bar} style={{ width: `${share * 100}%` }} />}
          </button>
        )
      })}
    </div>
  )
}
