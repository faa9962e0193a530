import { ActionIcon } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconInfoCircle } from '@tabler/icons-react'
import type { Image, Project } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { ImageFactsDialog } from './ImageFactsDialog.tsx'
import type { Revision } from './LabelHistory.tsx'
import { mayHoldText } from './may-hold-text.ts'

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
        color={mayHoldText(image) ? 'cinnabar' : 'gray'}
        aria-label={t('facts.open')}
        title={t(mayHoldText(image) ? 'facts.burnedInSuspected' : 'facts.open')}
        onClick={dialog.open}
      >
        <IconInfoCircle size={18} />
      </ActionIcon>
      {isOpen && <ImageFactsDialog project={project} image={image} onClose={dialog.close} {...goBack} />}
    </>
  )
}
