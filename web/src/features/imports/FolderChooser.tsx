import { Anchor, Breadcrumbs, Button, Stack, Text } from '@mantine/core'
import { IconFolder } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ProjectId } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useProblemText } from '../../ui/use-problem-text.ts'
import classes from './Imports.module.css'
import { importFoldersQuery } from './import-queries.ts'

interface Props {
  projectId: ProjectId
  path: string | null
  onPath: (path: string | null) => void
}

/** Looks through the folders of the server that an administrator opened for imports. */
export function FolderChooser({ projectId, path, onPath }: Props) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  const [way, setWay] = useState<{ name: string; path: string }[]>([])
  const found = useQuery(importFoldersQuery(projectId, path))
  const goTo = (steps: { name: string; path: string }[]) => {
    setWay(steps)
    onPath(steps.at(-1)?.path ?? null)
  }
  if (found.isError) {
    return (
      <Text role="alert" c="var(--trouble)">
        {problemText(found.error)}
      </Text>
    )
  }
  if (path === null && found.data?.folders.length === 0) return <Text>{t('imports.noFolders')}</Text>
  return (
    <Stack gap="xs">
      <Breadcrumbs>
        {[{ name: t('imports.server'), path: '' }, ...way].map((step, at) => (
          <Anchor key={step.path} component="button" type="button" size="sm" onClick={() => goTo(way.slice(0, at))}>
            {step.name}
          </Anchor>
        ))}
      </Breadcrumbs>
      <ul className={classes.folders}>
        {found.data?.folders.map((folder) => (
          <li key={folder.path}>
            <Button
              fullWidth
              justify="flex-start"
              variant="subtle"
              color="gray"
              leftSection={<IconFolder size={16} />}
              onClick={() => goTo([...way, folder])}
            >
              {folder.name}
            </Button>
          </li>
        ))}
      </ul>
      {path !== null && found.data && (
        <Text size="sm" c="dimmed">
          {t('imports.folderHolds', { files: found.data.files, folders: found.data.folders.length })}
        </Text>
      )}
    </Stack>
  )
}
