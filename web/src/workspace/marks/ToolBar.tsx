import { ActionIcon } from '@mantine/core'
import {
  IconBrush,
  IconBucketDroplet,
  IconEraser,
  IconHandStop,
  IconHexagons,
  IconMagnet,
  IconPointer,
  IconPolygon,
  IconRectangle,
  IconRulerMeasure,
  IconScissors,
  IconSparkles,
  IconTemperature,
  IconVector,
  IconVectorBezier,
  IconWand,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useKeyName } from '../actions/shortcuts.ts'
import classes from './Marks.module.css'
import type { MarkTool } from './tools.ts'
import { commandOfTool } from './use-mark-keys.ts'
import type { MarkingDesk } from './use-marking.ts'

const ICONS = {
  box: IconRectangle,
  brush: IconBrush,
  eraser: IconEraser,
  polygon: IconPolygon,
  curve: IconVectorBezier,
  scissors: IconMagnet,
  vertices: IconVector,
  grow: IconWand,
  threshold: IconTemperature,
  superpixels: IconHexagons,
  fill: IconBucketDroplet,
  split: IconScissors,
  ask: IconSparkles,
  measure: IconRulerMeasure,
  select: IconPointer,
  hand: IconHandStop,
} as const satisfies Record<MarkTool, unknown>

/** The tools that make sense for the task, each with its key. */
export function ToolBar({ desk }: { desk: MarkingDesk }) {
  const { t } = useTranslation()
  const keyName = useKeyName()
  return (
    <div className={classes.tools} role="toolbar" aria-label={t('marks.tools')}>
      {desk.tools.map((name) => {
        const Icon = ICONS[name]
        const command = commandOfTool(name)
        const key = command ? keyName(command) : ''
        const label = key ? `${t(`marks.tool.${name}`)} (${key})` : t(`marks.tool.${name}`)
        return (
          <ActionIcon
            key={name}
            size={36}
            variant={desk.tool === name ? 'filled' : 'default'}
            aria-label={label}
            aria-pressed={desk.tool === name}
            title={label}
            onClick={() => desk.setTool(name)}
          >
            <Icon size={19} stroke={1.7} />
          </ActionIcon>
        )
      })}
    </div>
  )
}
