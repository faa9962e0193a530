import { ActionIcon } from '@mantine/core'
import { IconAspectRatio, IconMaximize, IconZoomIn, IconZoomOut } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/use-format.ts'
import { AdjustPopover } from './AdjustPopover.tsx'
import type { Adjustment } from './adjustment.ts'
import classes from './ImageStage.module.css'
import type { StageAction } from './use-stage-view.ts'

const TOOLS = {
  zoomOut: ['zoomOut', IconZoomOut],
  zoomIn: ['zoomIn', IconZoomIn],
  fit: ['fit', IconMaximize],
  actual: ['actualSize', IconAspectRatio],
} as const

interface Props {
  scale: number
  adjustment: Adjustment
  onAdjust: (adjustment: Adjustment) => void
  onRun: (action: StageAction) => void
}

export function StageTools({ scale, adjustment, onAdjust, onRun }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const tool = (action: StageAction) => {
    const [word, Icon] = TOOLS[action]
    const label = t(`annotate.${word}`)
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
      <AdjustPopover adjustment={adjustment} onAdjust={onAdjust} />
    </div>
  )
}
