import type { GoldScore, Project } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/use-format.ts'
import { useNames } from '../projects/default-names.ts'
import classes from './Agreement.module.css'

/** How people did on gold images: accuracy, Dice or F1, and the same class by class. */
export function GoldScores({ project, scores }: { project: Project; scores: readonly GoldScore[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { className } = useNames()
  const percent = (value: number | null | undefined) => (value == null ? '–' : format.exactPercent(value))
  if (scores.length === 0) return <p>{t('gold.noAnswers')}</p>
  return (
    <div className={classes.scroll}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('gold.person')}</th>
            <th scope="col">{t('gold.score')}</th>
            <th scope="col">{t('gold.answered')}</th>
            {project.classes.map((name) => (
              <th key={name} scope="col">
                {className(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {scores.map(({ person, value, interval, images, perClass }) => (
            <tr key={person.id}>
              <th scope="row">{person.username}</th>
              <td>
                <strong>{percent(value)}</strong>{' '}
                {interval && t('agreement.interval', { low: percent(interval[0]), high: percent(interval[1]) })}
              </td>
              <td>{images}</td>
              {project.classes.map((name, index) => (
                <td key={name}>{percent(perClass.find((entry) => entry.class === index)?.value)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
