import { ActionIcon, Button } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import type { Project } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { useNames } from '../../features/projects/default-names.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { KeyCap } from '../../ui/KeyCap.tsx'
import classes from './Marks.module.css'
import type { Mark } from './mark.ts'
import { areaOf } from './region.ts'
import { colourOfMark } from './tools.ts'
import type { MarkingDesk } from './use-marking.ts'

/** More than anybody reads; all are drawn. */
const MOST_LISTED = 100

/** Every mark with what it is, and what can be done to the selected ones. */
export function MarkList({ project, desk }: { project: Project; desk: MarkingDesk }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { className } = useNames()
  const { shown, selected } = desk
  const isMask = desk.kind?.kind === 'mask'
  const measure = ({ shape }: Mark) =>
    shape.kind === 'box'
      ? `${Math.round(shape.box[2])} × ${Math.round(shape.box[3])}`
      : t('marks.pixels', { count: areaOf(shape.region) })
  if (shown.length === 0) return <p className={classes.more}>{t(isMask ? 'marks.noMasks' : 'marks.noBoxes')}</p>
  return (
    <>
      <h3 className={classes.heading}>{t('marks.list', { count: shown.length })}</h3>
      {isMask && (
        <div className={classes.tools}>
          <Button size="compact-xs" variant="default" rightSection={<KeyCap>O</KeyCap>} onClick={desk.fillHoles}>
            {t('marks.fillHoles')}
          </Button>
          {desk.hasInstances && (
            <Button
              size="compact-xs"
              variant="default"
              disabled={selected.size < 2}
              rightSection={<KeyCap>M</KeyCap>}
              onClick={desk.merge}
            >
              {t('marks.merge')}
            </Button>
          )}
        </div>
      )}
      <ul className={classes.list}>
        {shown.slice(0, MOST_LISTED).map((mark) => (
          <li key={mark.id} className={classes.row} data-selected={selected.has(mark.id) || undefined}>
            <span className={classes.swatch} style={{ background: colourOfMark(mark, desk.hasInstances && isMask) }} />
            <button
              type="button"
              className={classes.name}
              data-answer={mark.id}
              aria-pressed={selected.has(mark.id)}
              onClick={() => desk.select([mark.id])}
            >
              {className(project.classes[mark.class] ?? '')}
            </button>
            <span className={classes.count}>
              {mark.score === null ? measure(mark) : t('marks.guessed', { score: format.percent(mark.score) })}
            </span>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('marks.remove')}
              title={t('marks.remove')}
              disabled={!desk.isOpen}
              onClick={() => desk.remove(new Set([mark.id]))}
            >
              <IconTrash size={15} />
            </ActionIcon>
          </li>
        ))}
      </ul>
      {shown.length > MOST_LISTED && (
        <p className={classes.more}>{t('marks.more', { count: shown.length - MOST_LISTED })}</p>
      )}
    </>
  )
}
