import { ActionIcon } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconInfoCircle } from '@tabler/icons-react'
import type { Image, Project } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { ImageFactsDialog } from './ImageFactsDialog.tsx'
import type { Revision } from './LabelHistory.tsx'

interface Props {
  project: Project
  image: Image
  /** Undefined where the label cannot be changed. */
  onGoBack?: ((revision: Revision) => void) | undefined
}

export function FactsButton({ project, image, onGoBack }: Props) {
  const { t } = useTranslation()
  const [isOpen, dialog] = useDisclosure(false)
  const goBack = onGoBack && {
    onGoBack: (revision: Revision) => {
      onGoBack(revision)
      dialog.close()
    },
  }
  return (
    <>
      <ActionIcon
        variant="subtle"
        color={image.deidentification?.burnedInText === 'yes' ? 'cinnabar' : 'gray'}
        aria-label={t('facts.open')}
        title={t('facts.open')}
        onClick={dialog.open}
      >
        <IconInfoCircle size={18} />
      </ActionIcon>
      {isOpen && <ImageFactsDialog project={project} image={image} onClose={dialog.close} {...goBack} />}
    </>
  )
}
