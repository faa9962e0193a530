import { ActionIcon } from '@mantine/core'
import { IconEye, IconEyeOff, IconLock, IconLockOpen, IconTrash } from '@tabler/icons-react'
import type { Project } from '@vesalius/contracts'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useNames } from '../../features/projects/default-names.ts'
import { useFormat } from '../../i18n/use-format.ts'
import classes from './Marks.module.css'
import { isGuess, type Mark } from './mark.ts'
import { areaOf } from './region.ts'
import { colourOfMark } from './tools.ts'
import type { MarkingDesk } from './use-marking.ts'

/** More than anybody reads; all are drawn. */
const MOST_LISTED = 100

/** Every mark with what it is: a person's, a guess, hidden or locked. */
export function MarkList({ project, desk }: { project: Project; desk: MarkingDesk }) {
  const { t } = useTranslation()
  const { leastScore } = desk
  const isMask = desk.kind?.kind === 'mask'
  const listed = desk.list.filter(({ score }) => score === null || score >= leastScore)
  if (listed.length === 0) return <p className={classes.more}>{t(isMask ? 'marks.noMasks' : 'marks.noBoxes')}</p>
  return (
    <>
      <h3 className={classes.heading}>{t('marks.list', { count: listed.length })}</h3>
      <ul className={classes.list}>
        {listed.slice(0, MOST_LISTED).map((mark) => (
          <MarkRow key={mark.id} project={project} desk={desk} mark={mark} />
        ))}
      </ul>
      {listed.length > MOST_LISTED && (
        <p className={classes.more}>{t('marks.more', { count: listed.length - MOST_LISTED })}</p>
      )}
    </>
  )
}

function MarkRow({ project, desk, mark }: { project: Project; desk: MarkingDesk; mark: Mark }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { className } = useNames()
  const isMask = mark.shape.kind === 'mask'
  const isSelected = desk.selected.has(mark.id)
  const isHidden = desk.isHidden(mark)
  const isLocked = desk.isLocked(mark)
  const ids = new Set([mark.id])
  const measure =
    mark.shape.kind === 'box'
      ? `${Math.round(mark.shape.box[2])} × ${Math.round(mark.shape.box[3])}`
      : t('marks.pixels', { count: areaOf(mark.shape.region) })
  return (
    <li
      className={classes.row}
      data-selected={isSelected || undefined}
      data-guess={isGuess(mark) || undefined}
      data-hidden={isHidden || undefined}
    >
      <span className={classes.swatch} style={{ color: colourOfMark(mark, desk.hasInstances && isMask) }} />
      <button
        type="button"
        className={classes.name}
        data-answer={mark.id}
        aria-pressed={isSelected}
        onClick={(event) => {
          if (!event.shiftKey) return desk.select([mark.id])
          return desk.select(
            isSelected ? [...desk.selected].filter((id) => id !== mark.id) : [...desk.selected, mark.id],
          )
        }}
      >
        {className(project.classes[mark.class] ?? '')}
      </button>
      <span className={classes.count}>
        {mark.score === null ? measure : t('marks.guessed', { score: format.percent(mark.score) })}
      </span>
      <RowButton label={t(isHidden ? 'marks.showOne' : 'marks.hideOne')} onClick={() => desk.toggleHidden(ids)}>
        {isHidden ? <IconEyeOff size={15} /> : <IconEye size={15} />}
      </RowButton>
      <RowButton label={t(isLocked ? 'marks.unlock' : 'marks.lock')} onClick={() => desk.toggleLocked(ids)}>
        {isLocked ? <IconLock size={15} /> : <IconLockOpen size={15} />}
      </RowButton>
      <RowButton label={t('marks.remove')} isOff={!desk.isOpen || isLocked} onClick={() => desk.remove(ids)}>
        <IconTrash size={15} />
      </RowButton>
    </li>
  )
}

interface ButtonProps {
  label: string
  isOff?: boolean
  onClick: () => void
  children: ReactNode
}

function RowButton({ label, isOff = false, onClick, children }: ButtonProps) {
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size={26}
      aria-label={label}
      title={label}
      disabled={isOff}
      onClick={onClick}
    >
      {children}
    </ActionIcon>
  )
}
