import { Modal, Text } from '@mantine/core'
import type { Image, Project } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import type { ImageFilter } from '../images/image-filter.ts'
import { ExportForm } from './ExportForm.tsx'
import { exportFilterOf } from './export-filter.ts'

interface Props {
  project: Project
  /** Images chosen from the list; null: all that it shows. */
  chosen: readonly Image[] | null
  filter: ImageFilter
  onClose: () => void
}

/** Exports what a list shows, or what was chosen from it. */
export function ExportDialog({ project, chosen, filter, onClose }: Props) {
  const { t } = useTranslation()
  return (
    <Modal opened onClose={onClose} title={t('interchange.exportTitle')} size="lg">
      <Text mb="md">{chosen ? t('interchange.chosen', { count: chosen.length }) : t('interchange.whatIsShown')}</Text>
      <ExportForm
        project={project}
        filter={chosen ? { imageIds: chosen.map((image) => image.id) } : exportFilterOf(filter)}
      />
    </Modal>
  )
}
