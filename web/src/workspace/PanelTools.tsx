import { ActionIcon, Button } from '@mantine/core'
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconChevronLeft,
  IconChevronRight,
  IconKeyboard,
  IconMessageQuestion,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './AnnotatePage.module.css'
import type { CommandName } from './actions/commands.ts'

const TOOLS = {
  previous: ['previousImage', IconChevronLeft],
  next: ['nextImage', IconChevronRight],
  undo: ['undo', IconArrowBackUp],
  redo: ['redo', IconArrowForwardUp],
  help: ['shortcuts', IconKeyboard],
} as const

interface Props {
  canUndo: boolean
  canRedo: boolean
  onRun: (command: CommandName) => void
}

/** Ways between images and steps, each also a key. */
export function PanelTools({ canUndo, canRedo, onRun }: Props) {
  const { t } = useTranslation()
  const tool = (kind: keyof typeof TOOLS, isOff = false) => {
    const [word, Icon] = TOOLS[kind]
    const label = t(`annotate.${word}`)
    return (
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={label}
        title={label}
        disabled={isOff}
        onClick={() => onRun(kind)}
      >
        <Icon size={18} />
      </ActionIcon>
    )
  }
  return (
    <div className={classes.line}>
      <span>
        {tool('previous')}
        {tool('next')}
      </span>
      <span>
        <Button variant="subtle" color="gray" size="compact-sm" onClick={() => onRun('skip')}>
          {t('annotate.skip')}
        </Button>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('flow.skipWhy')}
          title={t('flow.skipWhy')}
          onClick={() => onRun('skipWhy')}
        >
          <IconMessageQuestion size={18} />
        </ActionIcon>
      </span>
      <span>
        {tool('undo', !canUndo)}
        {tool('redo', !canRedo)}
        {tool('help')}
      </span>
    </div>
  )
}
