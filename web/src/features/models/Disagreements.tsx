import { Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type ComparisonResult, type Disagreement, type Project, routes } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { urlOf } from '../../api/call.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { useNames } from '../projects/default-names.ts'
import classes from './Models.module.css'

interface Props {
  project: Project
  result: ComparisonResult
  names: readonly [string, string]
}

const PREVIEW_WIDTH = 160

/** Held-out images that two versions see differently, most of all first; each leads to the image. */
export function Disagreements({ project, result, names }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const { className } = useNames()
  const say = (said: { value: number | null; marks: number | null; score?: number }) => {
    const name = project.classes[said.value ?? -1]
    const answer = name === undefined ? t('models.marks', { count: said.marks ?? 0 }) : className(name)
    return said.score === undefined ? answer : `${answer} · ${format.number(said.score, 2)}`
  }
  if (result.disagreements.length === 0) {
    return result.images > 0 ? <Text c="dimmed">{t('models.agree')}</Text> : null
  }
  return (
    <section>
      <Text fw={600}>{t('models.disagreements')}</Text>
      <Text size="sm" c="dimmed">
        {t('models.disagreementsText')}
      </Text>
      <ul className={classes.tiles}>
        {result.disagreements.map((entry: Disagreement) => (
          <li key={entry.imageId}>
            <Link
              to="/projects/$projectId/annotate"
              params={{ projectId: project.id }}
              search={{ image: entry.imageId }}
            >
              <img
                alt={entry.name}
                loading="lazy"
                src={urlOf(routes.getImagePreview, {
                  params: { imageId: entry.imageId },
                  query: { width: PREVIEW_WIDTH },
                })}
              />
            </Link>
            <dl>
              <dt>{t('training.truth')}</dt>
              <dd>{say(entry.truth)}</dd>
              <dt>{names[0]}</dt>
              <dd>{say(entry.first)}</dd>
              <dt>{names[1]}</dt>
              <dd>{say(entry.second)}</dd>
            </dl>
          </li>
        ))}
      </ul>
    </section>
  )
}
