import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPackageImport } from '@tabler/icons-react'
import type { Project } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { ImportDialog } from './ImportDialog.tsx'

/** Images by the thousand: archives, folders of the server, addresses. */
export function ImportButton({ project }: { project: Project }) {
  const { t } = useTranslation()
  const [isOpen, dialog] = useDisclosure(false)
  return (
    <>
      <Button variant="default" leftSection={<IconPackageImport size={16} />} onClick={dialog.open}>
        {t('imports.open')}
      </Button>
      {isOpen && <ImportDialog project={project} onClose={dialog.close} />}
    </>
  )
}
