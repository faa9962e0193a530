import { Group, Modal, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { KeyCap } from '../ui/KeyCap.tsx'

const MARKS = [
  ['tools', 'B E P G X V H'],
  ['brush', '[ ]'],
  ['acceptMark', 'A'],
  ['remove', 'Del'],
  ['cycle', 'N'],
  ['nudge', '⇧ ← ↑ → ↓'],
  ['stretch', 'Ctrl ⇧ ← ↑ → ↓'],
  ['place', 'D'],
  ['copy', 'Ctrl C, Ctrl V'],
  ['all', 'Ctrl A'],
  ['holes', 'O'],
  ['merge', 'M'],
  ['pan', '␣'],
] as const

const SHORTCUTS = [
  ['choose', '1 … 9, 0'],
  ['chooseMore', '⇧ 1 … 0'],
  ['accept', '↵'],
  ['move', '← →'],
  ['skip', 'S'],
  ['undo', 'Ctrl Z'],
  ['redo', 'Ctrl ⇧ Z'],
  ['fit', 'F'],
  ['actual', 'A'],
  ['zoom', '+ −'],
  ['invert', 'I'],
  ['help', '?'],
] as const

export function ShortcutsDialog({
  hasMarks,
  opened,
  onClose,
}: {
  hasMarks: boolean
  opened: boolean
  onClose: () => void
}) {
  const { t } = useTranslation()
  return (
    <Modal opened={opened} onClose={onClose} title={t('annotate.help.title')}>
      <Stack gap={8}>
        {[...(hasMarks ? MARKS : []), ...SHORTCUTS.filter(([name]) => !hasMarks || name !== 'actual')].map(
          ([name, key]) => (
            <Group key={name} justify="space-between" wrap="nowrap">
              <span>{t(`annotate.help.${name}`)}</span>
              <KeyCap>{key}</KeyCap>
            </Group>
          ),
        )}
      </Stack>
    </Modal>
  )
}
