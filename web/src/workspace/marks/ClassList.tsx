import { ActionIcon } from '@mantine/core'
import { IconEye, IconEyeOff, IconLock, IconLockOpen } from '@tabler/icons-react'
import type { Project } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { useNames } from '../../features/projects/default-names.ts'
import { KeyCap } from '../../ui/KeyCap.tsx'
import { keyOfClass } from '../actions/find-command.ts'
import classes from './Marks.module.css'
import { colourOf } from './tools.ts'
import type { MarkingDesk } from './use-marking.ts'

/** The class that is drawn, how many marks each has, and which are shown. */
export function ClassList({ project, desk }: { project: Project; desk: MarkingDesk }) {
  const { t } = useTranslation()
  const { className } = useNames()
  return (
    <>
      <h3 className={classes.heading}>{t('marks.classes')}</h3>
      {project.classes.map((name, index) => {
        const isHidden = desk.hiddenClasses.has(index)
        const key = keyOfClass(index)
        const word = t(isHidden ? 'marks.show' : 'marks.hide', { name: className(name) })
        const isLocked = desk.lockedClasses.has(index)
        const lockWord = t(isLocked ? 'marks.unlockClass' : 'marks.lockClass', { name: className(name) })
        const isCurrent = desk.classIndex === index
        return (
          <div key={name} className={classes.class} data-current={isCurrent || undefined}>
            <span>{key && <KeyCap>{key}</KeyCap>}</span>
            <span className={classes.swatch} style={{ color: colourOf(index, project.classColours) }} />
            <button
              type="button"
              className={classes.name}
              aria-pressed={isCurrent}
              data-answer={index}
              onClick={() => desk.chooseClass(index)}
            >
              {className(name)}
            </button>
            <span className={classes.count}>{desk.list.filter((mark) => mark.class === index).length}</span>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={26}
              aria-label={word}
              title={word}
              onClick={() => desk.toggleClass(index)}
            >
              {isHidden ? <IconEyeOff size={16} /> : <IconEye size={16} />}
            </ActionIcon>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={26}
              aria-label={lockWord}
              title={lockWord}
              onClick={() => desk.toggleClassLock(index)}
            >
              {isLocked ? <IconLock size={16} /> : <IconLockOpen size={16} />}
            </ActionIcon>
          </div>
        )
      })}
    </>
  )
}
