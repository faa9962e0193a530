import { ActionIcon } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPackageExport } from '@tabler/icons-react'
import type { Project } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import type { ImageFilter } from '../images/image-filter.ts'
import { ExportDialog } from './ExportDialog.tsx'

/** Exports what the list shows now. */
export function ExportButton({ project, filter }: { project: Project; filter: ImageFilter }) {
  const { t } = useTranslation()
  const [isOpen, dialog] = useDisclosure(false)
  return (
    <>
      <ActionIcon
        variant="default"
        size={36}
        aria-label={t('interchange.exportShown')}
        title={t('interchange.exportShown')}
        onClick={dialog.open}
      >
        <IconPackageExport size={16} />
      </ActionIcon>
      {isOpen && <ExportDialog project={project} chosen={null} filter={filter} onClose={dialog.close} />}
    </>
  )
}
