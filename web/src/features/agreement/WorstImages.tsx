import { IconGavel } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { Agreement, Project, StudyId } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/use-format.ts'
import { Card } from '../../ui/Card.tsx'
import { previewUrl } from '../images/image-queries.ts'
import classes from './Agreement.module.css'

interface Props {
  project: Project
  studyId: StudyId
  agreement: Agreement
}

/** The images the readers agree on least, each a way to settle it. */
export function WorstImages({ project, studyId, agreement }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const differing = agreement.worst.filter(({ score }) => score < 1)
  return (
    <Card
      title={t('agreement.worst')}
      text={t(differing.length === 0 ? 'agreement.noneDiffer' : 'agreement.worstText')}
    >
      <ul className={classes.worst}>
        {differing.map(({ imageId, name, score, isAdjudicated }) => (
          <li key={imageId}>
            <Link
              to="/projects/$projectId/review/studies/$studyId/$imageId"
              params={{ projectId: project.id, studyId, imageId }}
            >
              <img src={previewUrl(imageId, 96)} alt="" loading="lazy" />
              <span>{name}</span>
              <span className={classes.score}>
                {isAdjudicated ? (
                  <>
                    <IconGavel size={14} aria-hidden /> {t('agreement.settled')}
                  </>
                ) : (
                  format.percent(score)
                )}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  )
}
