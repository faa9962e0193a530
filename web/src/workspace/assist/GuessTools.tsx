import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { KeyCap } from '../../ui/KeyCap.tsx'
import type { CommandName } from '../actions/commands.ts'
import { useKeyName } from '../actions/shortcuts.ts'
import classes from '../marks/Marks.module.css'

interface Props {
  canAsk: boolean
  isWaiting: boolean
  compares: boolean
  onRun: (command: CommandName) => void
}

/** Has the model look again, and shows what a person changed of what it said. */
export function GuessTools({ canAsk, isWaiting, compares, onRun }: Props) {
  const { t } = useTranslation()
  const keyName = useKeyName()
  if (!canAsk) return null
  return (
    <div className={classes.actions}>
      <Button
        size="compact-xs"
        variant="default"
        loading={isWaiting}
        rightSection={<KeyCap>{keyName('askAgain')}</KeyCap>}
        onClick={() => onRun('askAgain')}
      >
        {t('assist.askAgain')}
      </Button>
      <Button
        size="compact-xs"
        variant={compares ? 'filled' : 'default'}
        aria-pressed={compares}
        rightSection={<KeyCap>{keyName('compare')}</KeyCap>}
        onClick={() => onRun('compare')}
      >
        {t('compare.show')}
      </Button>
    </div>
  )
}
