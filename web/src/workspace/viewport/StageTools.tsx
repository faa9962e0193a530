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
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/use-format.ts'
import type { LoadedFrame } from './frames/loaded-frame.ts'
import classes from './ImageStage.module.css'
import { TurnPopover } from './TurnPopover.tsx'
import { AdjustPopover } from './tone/AdjustPopover.tsx'
import type { Adjustment } from './tone/adjustment.ts'
import type { StageAction } from './use-stage-view.ts'
import type { View } from './view.ts'

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
  view: View
  frame: LoadedFrame | null
  adjustment: Adjustment
  onAdjust: (adjustment: Adjustment) => void
  onRun: (action: StageAction) => void
  /** To so many degrees clockwise. */
  onTurn: (degrees: number) => void
}

export function StageTools({ view, frame, adjustment, onAdjust, onRun, onTurn }: Props) {
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
      <span className={classes.zoom}>{format.percent(view.scale)}</span>
      {tool('zoomIn')}
      {tool('fit')}
      {tool('actual')}
      {tool('turnLeft')}
      {tool('turnRight')}
      {tool('flip')}
      <TurnPopover view={view} onTurn={onTurn} onUpright={() => onRun('upright')} />
      <AdjustPopover frame={frame} adjustment={adjustment} onAdjust={onAdjust} />
    </div>
  )
}
