import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { KeyCap } from '../../ui/KeyCap.tsx'
import type { CommandName } from '../actions/commands.ts'
import { useKeyName } from '../actions/shortcuts.ts'
import classes from './Marks.module.css'
import type { MarkingDesk } from './use-marking.ts'

/** What can be done to the selected masks, or to all where none is. */
export function MarkActions({ desk }: { desk: MarkingDesk }) {
  const { t } = useTranslation()
  const keyName = useKeyName()
  if (desk.kind?.kind !== 'mask' || desk.shown.length === 0) return null
  const button = (command: CommandName, word: string, onClick: () => void, isOff = false) => (
    <Button
      key={command}
      size="compact-xs"
      variant="default"
      disabled={isOff || !desk.isOpen}
      rightSection={<KeyCap>{keyName(command)}</KeyCap>}
      onClick={onClick}
    >
      {word}
    </Button>
  )
  return (
    <div className={classes.actions}>
      {button('holes', t('marks.fillHoles'), desk.fillHoles)}
      {button('smooth', t('marks.smooth'), desk.smooth)}
      {button('growMask', t('marks.grow'), desk.grow)}
      {button('shrinkMask', t('marks.shrink'), desk.shrink)}
      {desk.frames > 1 && button('fillBetween', t('marks.fillBetween'), desk.fillBetween)}
      {desk.hasInstances && button('merge', t('marks.merge'), desk.merge, desk.selected.size < 2)}
    </div>
  )
}
