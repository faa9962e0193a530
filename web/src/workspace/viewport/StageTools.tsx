import { ActionIcon } from '@mantine/core'
import {
  IconAspectRatio,
  IconFlipVertical,
  IconMaximize,
  IconRotate2,
  IconRotateClockwise2,
  IconZoomIn,
  IconZoomOut,
} from '@tabler/icons-react'
import { memo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/use-format.ts'
import type { LoadedFrame } from './frames/loaded-frame.ts'
import classes from './ImageStage.module.css'
import { TurnPopover } from './TurnPopover.tsx'
import { AdjustPopover } from './tone/AdjustPopover.tsx'
import type { Adjustment } from './tone/adjustment.ts'
import type { StageAction } from './use-stage-view.ts'

const TOOLS = {
  zoomOut: ['annotate.zoomOut', IconZoomOut],
  zoomIn: ['annotate.zoomIn', IconZoomIn],
  fit: ['annotate.fit', IconMaximize],
  actual: ['annotate.actualSize', IconAspectRatio],
  turnLeft: ['stage.turnLeft', IconRotate2],
  turnRight: ['stage.turnRight', IconRotateClockwise2],
  flip: ['stage.flip', IconFlipVertical],
} as const

interface Props {
  scale: number
  turn: number
  frame: LoadedFrame | null
  adjustment: Adjustment
  onAdjust: (adjustment: Adjustment) => void
  onRun: (action: StageAction) => void
  /** To so many degrees clockwise. */
  onTurn: (degrees: number) => void
  children?: ReactNode
}

/** Drawn anew only when what it says has changed: not while the image is moved. */
export const StageTools = memo(function StageTools(props: Props) {
  const { scale, turn, frame, adjustment, onAdjust, onRun, onTurn, children } = props
  const { t } = useTranslation()
  const format = useFormat()
  const tool = (action: keyof typeof TOOLS) => {
    const [word, Icon] = TOOLS[action]
    const label = t(word)
    return (
      <ActionIcon variant="subtle" aria-label={label} title={label} onClick={() => onRun(action)}>
        <Icon size={17} />
      </ActionIcon>
    )
  }
  return (
    <div className={classes.tools}>
      {tool('zoomOut')}
      <span className={classes.zoom}>{format.percent(scale)}</span>
      {tool('zoomIn')}
      {tool('fit')}
      {tool('actual')}
      {tool('turnLeft')}
      {tool('turnRight')}
      {tool('flip')}
      <TurnPopover turn={turn} onTurn={onTurn} onUpright={() => onRun('upright')} />
      <AdjustPopover frame={frame} adjustment={adjustment} onAdjust={onAdjust} />
      {children}
    </div>
  )
})
