import { ActionIcon, Text } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { interruptedUploads } from './send-in-pieces.ts'
import classes from './UploadDock.module.css'

/** After a reload: what was being sent can go on, but only the person can hand the files over again. */
export function InterruptedNotice() {
  const { t } = useTranslation()
  const [interrupted, setInterrupted] = useState(interruptedUploads)
  const { names, forget } = interrupted
  if (names.length === 0) return null
  return (
    <aside className={classes.dock} aria-label={t('upload.title')}>
      <div className={classes.head}>
        <div className={classes.words}>
          <strong>{t('upload.interrupted', { count: names.length })}</strong>
          <Text size="xs" c="dimmed">
            {t('upload.interruptedText', { names: names.slice(0, 3).join(', ') })}
          </Text>
        </div>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('upload.forget')}
          title={t('upload.forget')}
          onClick={() => {
            forget()
            setInterrupted({ names: [], forget })
          }}
        >
          <IconX size={17} />
        </ActionIcon>
      </div>
    </aside>
  )
}
