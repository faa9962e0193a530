import { Modal, Stack, Tabs } from '@mantine/core'
import type { Image, Project } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { FileFacts } from './FileFacts.tsx'
import { LabelHistory, type Revision } from './LabelHistory.tsx'
import { RemovedFacts } from './RemovedFacts.tsx'

interface Props {
  project: Project
  image: Image
  onClose: () => void
  /** Undefined where the label cannot be changed from here. */
  onGoBack?: (revision: Revision) => void
}

/** What is known of an image's file, what was removed from it on arrival, and every label it had. */
export function ImageFactsDialog({ project, image, onClose, onGoBack }: Props) {
  const { t } = useTranslation()
  return (
    <Modal opened onClose={onClose} title={image.name} size="lg">
      <Tabs defaultValue="file" keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="file">{t('facts.file')}</Tabs.Tab>
          <Tabs.Tab value="history">{t('facts.history')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="file">
          <Stack>
            <FileFacts image={image} />
            <RemovedFacts image={image} />
          </Stack>
        </Tabs.Panel>
        <Tabs.Panel value="history">
          <LabelHistory project={project} image={image} {...(onGoBack ? { onGoBack } : {})} />
        </Tabs.Panel>
      </Tabs>
    </Modal>
  )
}
