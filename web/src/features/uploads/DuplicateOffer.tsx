import { Button, Checkbox } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { routes } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'
import { useAct } from '../../ui/use-act.ts'
import classes from './UploadDock.module.css'
import type { UploadEntry } from './upload-queue.ts'
import { useUploads } from './uploads-context.tsx'

/** Files whose content is in the project already: each can become an image of the same file. */
export function DuplicateOffer({ entries }: { entries: readonly UploadEntry[] }) {
  const { t } = useTranslation()
  const queue = useUploads()
  const client = useQueryClient()
  const act = useAct()
  const [remembers, setRemembers] = useState(false)
  const add = async () => {
    queue.resend(entries, 'copy')
    if (!remembers) return
    for (const projectId of new Set(entries.map((entry) => entry.projectId))) {
      await call(routes.updateProject, { params: { projectId }, body: { duplicates: 'copy' } })
      await client.invalidateQueries({ queryKey: keys.project(projectId) })
    }
  }
  return (
    <div className={classes.offer}>
      <span>{t('upload.duplicates', { count: entries.length })}</span>
      <Button size="compact-sm" variant="default" onClick={() => act(add)}>
        {t('upload.addCopies')}
      </Button>
      <Checkbox
        size="xs"
        label={t('upload.remember')}
        checked={remembers}
        onChange={(event) => setRemembers(event.currentTarget.checked)}
      />
    </div>
  )
}
