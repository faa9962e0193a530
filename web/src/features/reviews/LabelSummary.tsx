import { isBoxLabel, isMaskLabel, type LabelFile, type Project, readClassAnswer } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { colourOf } from '../../workspace/marks/tools.ts'
import { useNames } from '../projects/default-names.ts'
import classes from './LabelSummary.module.css'

/** What a label says in words: its answer, its tags, or how many marks of each class. */
export function LabelSummary({ project, label }: { project: Project; label: Pick<LabelFile, 'data'> }) {
  const { t } = useTranslation()
  const { className } = useNames()
  const { data } = label
  const marks = isBoxLabel(data) ? data.boxes : isMaskLabel(data) ? data.masks : null
  if (marks) {
    if (marks.length === 0) return <p className={classes.nothing}>{t('review.noMarks')}</p>
    const used = project.classes.flatMap((name, index) => {
      const count = marks.filter((mark) => mark.class === index).length
      return count === 0 ? [] : [{ name, index, count }]
    })
    return (
      <ul className={classes.list}>
        {used.map(({ name, index, count }) => (
          <li key={name}>
            <span className={classes.swatch} style={{ background: colourOf(index, project.classColours) }} />
            {className(name)} <strong>{count}</strong>
          </li>
        ))}
      </ul>
    )
  }
  if (!('key' in data)) return <p className={classes.answer}>{data.tags?.join(', ') || t('annotate.noAnswer')}</p>
  const value = readClassAnswer(data)?.value ?? null
  return (
    <p className={classes.answer}>
      {value === null ? t('annotate.noAnswer') : className(project.classes[value] ?? '')}
    </p>
  )
}
