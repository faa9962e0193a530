import type { Project } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { useNames } from '../../features/projects/default-names.ts'
import { useStable } from '../../ui/use-stable.ts'
import { MarkRow, type RowAction } from './MarkRow.tsx'
import classes from './Marks.module.css'
import { toggled } from './mark.ts'
import type { MarkingDesk } from './use-marking.ts'

/** More than anybody reads; all are drawn. */
const MOST_LISTED = 100

/** Every mark with what it is: a person's, a guess, hidden or locked. */
export function MarkList({ project, desk }: { project: Project; desk: MarkingDesk }) {
  const { t } = useTranslation()
  const { className } = useNames()
  const { leastScore } = desk
  const isMask = desk.kind?.kind === 'mask'
  const act = useStable((id: string, action: RowAction) => {
    const ids = new Set([id])
    switch (action) {
      case 'select':
        return desk.select(ids)
      case 'selectToo':
        return desk.select(toggled(desk.selected, id))
      case 'hide':
        return desk.toggleHidden(ids)
      case 'lock':
        return desk.toggleLocked(ids)
      case 'remove':
        return desk.remove(ids)
    }
  })
  const listed = desk.list.filter(({ score }) => score === null || score >= leastScore)
  if (listed.length === 0) return <p className={classes.more}>{t(isMask ? 'marks.noMasks' : 'marks.noBoxes')}</p>
  return (
    <>
      <h3 className={classes.heading}>{t('marks.list', { count: listed.length })}</h3>
      <ul className={classes.list}>
        {listed.slice(0, MOST_LISTED).map((mark) => (
          <MarkRow
            key={mark.id}
            mark={mark}
            name={className(project.classes[mark.class] ?? '')}
            hasInstances={desk.hasInstances}
            isSelected={desk.selected.has(mark.id)}
            isHidden={desk.isHidden(mark)}
            isLocked={desk.isLocked(mark)}
            isOpen={desk.isOpen}
            onAct={act}
          />
        ))}
      </ul>
      {listed.length > MOST_LISTED && (
        <p className={classes.more}>{t('marks.more', { count: listed.length - MOST_LISTED })}</p>
      )}
    </>
  )
}
