import { Modal } from '@mantine/core'
import type { Project } from '@vesalius/contracts'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { KeyCap } from '../ui/KeyCap.tsx'
import { showChord } from './actions/chord.ts'
import { COMMAND_GROUPS, COMMAND_NAMES, COMMANDS, scopesOf } from './actions/commands.ts'
import { useBindings } from './actions/shortcuts.ts'
import { markKindOf } from './marks/tools.ts'
import classes from './ShortcutsDialog.module.css'

interface Props {
  project: Project
  opened: boolean
  onClose: () => void
}

/** Every key that means something for this task. */
export function ShortcutsDialog({ project, opened, onClose }: Props) {
  const { t } = useTranslation()
  const bindings = useBindings()
  const scopes = scopesOf(markKindOf(project))
  return (
    <Modal opened={opened} onClose={onClose} size="lg" title={t('keys.title')}>
      {COMMAND_GROUPS.map((group) => {
        const names = COMMAND_NAMES.filter((name) => COMMANDS[name].group === group && scopes.has(COMMANDS[name].scope))
        if (names.length === 0) return null
        return (
          <section key={group}>
            <h3 className={classes.heading}>{t(`keys.group.${group}`)}</h3>
            {group === 'flow' && <Row keys={['1 … 9, 0']}>{t('keys.classes')}</Row>}
            {group === 'flow' && <Row keys={['⇧ 1 … 0']}>{t('keys.classesMore')}</Row>}
            {group === 'drawing' && <Row keys={['← ↑ → ↓']}>{t('keys.crosshairMove')}</Row>}
            {group === 'drawing' && <Row keys={['␣']}>{t('keys.crosshairPress')}</Row>}
            {group === 'view' && <Row keys={['␣']}>{t('keys.pan')}</Row>}
            {names.map((name) => (
              <Row key={name} keys={bindings[name].map(showChord)}>
                {t(`keys.command.${name}`)}
              </Row>
            ))}
          </section>
        )
      })}
    </Modal>
  )
}

function Row({ keys, children }: { keys: readonly string[]; children: ReactNode }) {
  return (
    <div className={classes.row}>
      <span>{children}</span>
      <span className={classes.keys}>
        {keys.map((key) => (
          <KeyCap key={key}>{key}</KeyCap>
        ))}
      </span>
    </div>
  )
}
