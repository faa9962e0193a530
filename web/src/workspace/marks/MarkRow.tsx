import { IconEye, IconEyeOff, IconLock, IconLockOpen, IconTrash } from '@tabler/icons-react'
import { memo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/use-format.ts'
import classes from './Marks.module.css'
import { isGuess, type Mark } from './mark.ts'
import { areaOf } from './region.ts'
import { colourOfMark } from './tools.ts'

export type RowAction = 'select' | 'selectToo' | 'hide' | 'lock' | 'remove'

interface Props {
  mark: Mark
  name: string
  hasInstances: boolean
  isSelected: boolean
  isHidden: boolean
  isLocked: boolean
  isOpen: boolean
  onAct: (id: string, action: RowAction) => void
}

/** One mark with what it is. Drawn anew only when it has changed: there may be many. */
export const MarkRow = memo(function MarkRow(props: Props) {
  const { mark, isSelected, isHidden, isLocked } = props
  const { t } = useTranslation()
  const format = useFormat()
  const { shape, score } = mark
  const measure = () =>
    shape.kind === 'box'
      ? `${Math.round(shape.box[2])} × ${Math.round(shape.box[3])}`
      : t('marks.pixels', { count: areaOf(shape.region) })
  const act = (action: RowAction) => props.onAct(mark.id, action)
  return (
    <li
      className={classes.row}
      data-selected={isSelected || undefined}
      data-guess={isGuess(mark) || undefined}
      data-hidden={isHidden || undefined}
    >
      <span
        className={classes.swatch}
        style={{ color: colourOfMark(mark, props.hasInstances && shape.kind === 'mask') }}
      />
      <button
        type="button"
        className={classes.name}
        data-answer={mark.id}
        aria-pressed={isSelected}
        onClick={(event) => act(event.shiftKey ? 'selectToo' : 'select')}
      >
        {props.name}
      </button>
      <span className={classes.count}>
        {score === null ? measure() : t('marks.guessed', { score: format.percent(score) })}
      </span>
      <RowButton label={t(isHidden ? 'marks.showOne' : 'marks.hideOne')} onClick={() => act('hide')}>
        {isHidden ? <IconEyeOff size={15} /> : <IconEye size={15} />}
      </RowButton>
      <RowButton label={t(isLocked ? 'marks.unlock' : 'marks.lock')} onClick={() => act('lock')}>
        {isLocked ? <IconLock size={15} /> : <IconLockOpen size={15} />}
      </RowButton>
      <RowButton label={t('marks.remove')} isOff={!props.isOpen || isLocked} onClick={() => act('remove')}>
        <IconTrash size={15} />
      </RowButton>
    </li>
  )
})

interface ButtonProps {
  label: string
  isOff?: boolean
  onClick: () => void
  children: ReactNode
}

/** A plain button: a hundred of the library's take longer to draw than the marks themselves. */
function RowButton({ label, isOff = false, onClick, children }: ButtonProps) {
  return (
    <button
      type="button"
      className={classes.rowButton}
      aria-label={label}
      title={label}
      disabled={isOff}
      onClick={onClick}
    >
      {children}
    </button>
  )
}
