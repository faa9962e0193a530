import {
  IconAlertTriangle,
  IconCheck,
  IconClock,
  IconSnowflake,
  IconSparkles,
  IconTypography,
} from '@tabler/icons-react'
import { type Image, isClassification, type Project } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/use-format.ts'
import { useProblemText } from '../../ui/use-problem-text.ts'
import { mayHoldText } from '../image-facts/may-hold-text.ts'
import { useNames } from '../projects/default-names.ts'
import { ReviewChip } from '../reviews/ReviewChip.tsx'
import classes from './GalleryPage.module.css'

/** What is known about an image: a person's answer filled with a tick, the model's dashed with a spark and its score. */
export function ImageChips({ project, image }: { project: Project; image: Image }) {
  const { t } = useTranslation()
  const format = useFormat()
  const problemText = useProblemText()
  const { className } = useNames()
  const named = (value: number | null) => className(project.classes[value ?? -1] ?? t('gallery.noAnswer'))
  const { guess } = image
  return (
    <>
      {image.state === 'FROZEN' && (
        <span className={`${classes.chip} ${classes.waiting}`}>
          <IconSnowflake size={12} /> {t('gallery.state.FROZEN')}
        </span>
      )}
      <ReviewChip project={project} image={image} />
      {image.problem && (
        <span className={`${classes.chip} ${classes.trouble}`} title={problemText(image.problem)}>
          <IconAlertTriangle size={12} /> {t('gallery.problem')}
        </span>
      )}
      {mayHoldText(image) && (
        <span className={`${classes.chip} ${classes.trouble}`} title={t('facts.burnedInSuspected')}>
          <IconTypography size={12} /> {t('facts.textInPicture')}
        </span>
      )}
      {image.annotatedAt !== null && (
        <span className={`${classes.chip} ${classes.person}`}>
          <IconCheck size={12} stroke={3} />
          {isClassification(project.taskType) ? named(image.labelValue) : t('gallery.tagged')}
        </span>
      )}
      {image.annotatedAt === null && guess && guess.value !== null && (
        <span
          className={`${classes.chip} ${classes.guess}`}
          title={t('gallery.guessOf', { name: named(guess.value), percent: format.percent(guess.score ?? 0) })}
        >
          <IconSparkles size={12} /> {named(guess.value)} {guess.score !== null && format.percent(guess.score)}
        </span>
      )}
      {image.annotatedAt === null && !guess && !image.problem && (
        <span className={`${classes.chip} ${classes.waiting}`}>
          {image.state === 'TO_LABEL' && <IconClock size={12} />}
          {image.state === 'TO_LABEL' ? t('gallery.state.TO_LABEL') : t('gallery.noGuess')}
        </span>
      )}
    </>
  )
}
