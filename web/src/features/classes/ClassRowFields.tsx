import { ActionIcon, Group, Menu, TextInput } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconDots, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { KeyCap } from '../../ui/KeyCap.tsx'
import { keyOfClass } from '../../workspace/actions/find-command.ts'
import { colourOf } from '../../workspace/marks/tools.ts'
import classes from './Classes.module.css'
import type { ClassRow } from './class-rows.ts'

interface Props {
  row: ClassRow
  place: number
  others: readonly ClassRow[]
  hasColours: boolean
  isLast: boolean
  canGo: boolean
  onChange: (change: Partial<ClassRow>) => void
  onMove: (step: 1 | -1) => void
  onMerge: (into: number) => void
  onRemove: () => void
  onSplit: (id: number) => void
}

/** One class: colour, name, place, and what is merged into it. */
export function ClassRowFields({ row, place, others, hasColours, isLast, canGo, ...on }: Props) {
  const { t } = useTranslation()
  const name = row.shown || t('settings.className', { number: place + 1 })
  return (
    <li className={classes.row}>
      <Group gap={8} wrap="nowrap">
        <KeyCap>{keyOfClass(place) ?? '·'}</KeyCap>
        {hasColours && (
          <input
            type="color"
            className={classes.colour}
            aria-label={t('classes.colour', { name })}
            value={row.colour ?? colourOf(place)}
            onChange={(event) => on.onChange({ colour: event.currentTarget.value.toLowerCase() })}
          />
        )}
        <TextInput
          style={{ flex: 1 }}
          aria-label={t('settings.className', { number: place + 1 })}
          value={row.shown}
          maxLength={120}
          onChange={(event) => on.onChange({ shown: event.currentTarget.value })}
        />
        <ActionIcon
          variant="subtle"
          color="gray"
          disabled={place === 0}
          aria-label={t('classes.up', { name })}
          onClick={() => on.onMove(-1)}
        >
          <IconArrowUp size={16} />
        </ActionIcon>
        <ActionIcon
          variant="subtle"
          color="gray"
          disabled={isLast}
          aria-label={t('classes.down', { name })}
          onClick={() => on.onMove(1)}
        >
          <IconArrowDown size={16} />
        </ActionIcon>
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" disabled={!canGo} aria-label={t('classes.more', { name })}>
              <IconDots size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {others.length > 0 && <Menu.Label>{t('classes.mergeInto')}</Menu.Label>}
            {others.map((other) => (
              <Menu.Item key={other.id} onClick={() => on.onMerge(other.id)}>
                {other.shown || '–'}
              </Menu.Item>
            ))}
            <Menu.Divider />
            <Menu.Item color="cinnabar" leftSection={<IconTrash size={15} />} onClick={on.onRemove}>
              {t('settings.removeClass', { name })}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Group>
      {row.takes.map((taken) => (
        <p key={taken.id} className={classes.aside}>
          {t('classes.takes', { name: taken.shown || '–' })}{' '}
          <button type="button" className={classes.link} onClick={() => on.onSplit(taken.id)}>
            {t('classes.split')}
          </button>
        </p>
      ))}
    </li>
  )
}
