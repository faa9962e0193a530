import { Button, Group, Modal } from '@mantine/core'
import type { Project } from '@vesalius/contracts'
import { type ReactNode, useEffect, useEffectEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { KeyCap } from '../ui/KeyCap.tsx'
import { bindingsFrom, conflictOf, withKeys } from './actions/bindings.ts'
import { chordOf, showChord } from './actions/chord.ts'
import { COMMAND_GROUPS, COMMAND_NAMES, COMMANDS, type CommandName, scopesOf } from './actions/commands.ts'
import { useOwnKeys } from './actions/use-own-keys.ts'
import { markKindOf } from './marks/tools.ts'
import classes from './ShortcutsDialog.module.css'

interface Props {
  project: Project
  opened: boolean
  onClose: () => void
}

/** Every key that means something for this task; a click on one lets a person choose another. */
export function ShortcutsDialog({ project, opened, onClose }: Props) {
  const { t } = useTranslation()
  const [listening, setListening] = useState<CommandName | null>(null)
  const close = () => {
    setListening(null)
    onClose()
  }
  return (
    <Modal opened={opened} onClose={close} size="lg" title={t('keys.title')} closeOnEscape={listening === null}>
      <ShortcutList project={project} listening={listening} onListen={setListening} />
    </Modal>
  )
}

interface ListProps {
  project: Project
  /** The command that the next key is for. */
  listening: CommandName | null
  onListen: (name: CommandName | null) => void
}

/** Apart from its dialog, so that nothing of it is made while that is closed. */
function ShortcutList({ project, listening, onListen }: ListProps) {
  const { t } = useTranslation()
  const { own, save } = useOwnKeys()
  const bindings = bindingsFrom(own)
  const kind = markKindOf(project)
  const scopes = scopesOf(kind)
  const hasInstances = kind?.kind === 'mask' && kind.hasInstances
  useNextChord(listening, (chord) => {
    if (listening && chord !== 'Escape') save(withKeys(own, listening, chord === 'Backspace' ? [] : [chord]))
    onListen(null)
  })
  return (
    <>
      <Group justify="space-between" wrap="nowrap" align="start">
        <p className={classes.help}>{t('keys.editHelp')}</p>
        <Button
          size="compact-sm"
          variant="default"
          style={{ flexShrink: 0 }}
          disabled={Object.keys(own).length === 0}
          onClick={() => save({})}
        >
          {t('keys.reset')}
        </Button>
      </Group>
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
            {group === 'drawing' && hasInstances && <Row keys={['⇧']}>{t('keys.joins')}</Row>}
            {group === 'view' && <Row keys={['␣']}>{t('keys.pan')}</Row>}
            {group === 'view' && <Row keys={['W']}>{t('keys.windowing')}</Row>}
            {group === 'view' && <Row keys={['`']}>{t('keys.hold')}</Row>}
            {names.map((name) => {
              const conflict = conflictOf(bindings, name)
              const what = t(`keys.command.${name}`)
              return (
                <div key={name} className={classes.row}>
                  <span>
                    <span id={`command-${name}`}>{what}</span>
                    {conflict && (
                      <span className={classes.conflict} role="alert">
                        {conflict === 'fixed'
                          ? t('keys.fixed')
                          : t('keys.conflict', { command: t(`keys.command.${conflict}`) })}
                      </span>
                    )}
                  </span>
                  <button
                    type="button"
                    className={classes.edit}
                    id={`keys-of-${name}`}
                    aria-labelledby={`command-${name} keys-of-${name}`}
                    title={t('keys.change', { command: what })}
                    aria-pressed={listening === name}
                    onClick={() => onListen(listening === name ? null : name)}
                  >
                    {listening === name ? (
                      t('keys.listening')
                    ) : bindings[name].length === 0 ? (
                      t('keys.none')
                    ) : (
                      <Keys names={bindings[name].map(showChord)} />
                    )}
                  </button>
                </div>
              )
            })}
          </section>
        )
      })}
    </>
  )
}

/** Hears the next key that is pressed, before anything else does. */
function useNextChord(isOn: unknown, hear: (chord: string) => void): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    const chord = event.isComposing ? null : chordOf(event)
    event.preventDefault()
    event.stopImmediatePropagation()
    if (chord) hear(chord)
  })
  useEffect(() => {
    if (!isOn) return
    const listener = (event: KeyboardEvent) => press(event)
    window.addEventListener('keydown', listener, { capture: true })
    return () => window.removeEventListener('keydown', listener, { capture: true })
  }, [isOn])
}

function Row({ keys, children }: { keys: readonly string[]; children: ReactNode }) {
  return (
    <div className={classes.row}>
      <span>{children}</span>
      <span className={classes.fixed}>
        <Keys names={keys} />
      </span>
    </div>
  )
}

function Keys({ names }: { names: readonly string[] }) {
  return (
    <span className={classes.keys}>
      {names.map((name) => (
        <KeyCap key={name}>{name}</KeyCap>
      ))}
    </span>
  )
}
