import { ActionIcon, Slider } from '@mantine/core'
import {
  IconBrush,
  IconBucketDroplet,
  IconEraser,
  IconHandStop,
  IconPointer,
  IconPolygon,
  IconRectangle,
  IconScissors,
} from '@tabler/icons-react'
import type { Project } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { ClassList } from './ClassList.tsx'
import { GuessBox } from './GuessBox.tsx'
import { MarkList } from './MarkList.tsx'
import classes from './Marks.module.css'
import { keyOfTool } from './mark-keys.ts'
import type { MarkTool } from './tools.ts'
import type { MarkingDesk } from './use-marking.ts'

const ICONS = {
  box: IconRectangle,
  brush: IconBrush,
  eraser: IconEraser,
  polygon: IconPolygon,
  grow: IconBucketDroplet,
  split: IconScissors,
  select: IconPointer,
  hand: IconHandStop,
} as const satisfies Record<MarkTool, unknown>
const BRUSHES: readonly MarkTool[] = ['brush', 'eraser']

/** Tools, classes, guesses and the list of marks. */
export function MarkPanel({ project, desk }: { project: Project; desk: MarkingDesk }) {
  const { t } = useTranslation()
  const { tool } = desk
  return (
    <div>
      <div className={classes.tools} role="toolbar" aria-label={t('marks.tools')}>
        {desk.tools.map((name) => {
          const Icon = ICONS[name]
          const label = `${t(`marks.tool.${name}`)} (${keyOfTool(name)})`
          return (
            <ActionIcon
              key={name}
              size={36}
              variant={tool === name ? 'filled' : 'default'}
              aria-label={label}
              aria-pressed={tool === name}
              title={label}
              onClick={() => desk.setTool(name)}
            >
              <Icon size={19} stroke={1.7} />
            </ActionIcon>
          )
        })}
      </div>
      {BRUSHES.includes(tool) && (
        <Setting
          name={t('marks.brushSize')}
          value={desk.radius}
          least={0.5}
          most={100}
          step={0.5}
          onChange={desk.setRadius}
        />
      )}
      {tool === 'grow' && (
        <Setting
          name={t('marks.tolerance')}
          value={desk.tolerance}
          least={0}
          most={128}
          step={1}
          onChange={desk.setTolerance}
        />
      )}
      {desk.kind?.kind === 'mask' && (
        <Setting
          name={t('marks.opacity')}
          value={desk.opacity}
          least={0}
          most={1}
          step={0.05}
          onChange={desk.setOpacity}
        />
      )}
      <ClassList project={project} desk={desk} />
      <GuessBox desk={desk} />
      <MarkList project={project} desk={desk} />
    </div>
  )
}

interface SettingProps {
  name: string
  value: number
  least: number
  most: number
  step: number
  onChange: (value: number) => void
}

function Setting({ name, value, least, most, step, onChange }: SettingProps) {
  return (
    <div className={classes.setting}>
      <span>{name}</span>
      <Slider size="sm" thumbLabel={name} min={least} max={most} step={step} value={value} onChange={onChange} />
    </div>
  )
}
