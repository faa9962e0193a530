import type { Image } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import type { Deed } from './act-on-images.ts'
import { CopyDialog } from './CopyDialog.tsx'
import { RenameDialog } from './RenameDialog.tsx'
import { ShareDialog } from './ShareDialog.tsx'

export type Asking = 'rename' | 'share' | 'copy' | 'purge'

interface Props {
  asking: Asking | null
  images: readonly Image[]
  onDeed: (deed: Deed) => void
  onClose: () => void
}

/** What has to be asked before something is done to images. */
export function DeedDialogs({ asking, images, onDeed, onClose }: Props) {
  const { t } = useTranslation()
  const [first] = images
  switch (asking) {
    case 'rename':
      return first ? <RenameDialog image={first} onClose={onClose} /> : null
    case 'share':
      return <ShareDialog images={images} onShare={onDeed} onClose={onClose} />
    case 'copy':
      return <CopyDialog images={images} onCopy={onDeed} onClose={onClose} />
    case 'purge':
      return (
        <ConfirmDialog
          title={t('files.purgeTitle', { count: images.length })}
          text={t('files.purgeText')}
          stay={t('common.cancel')}
          go={t('files.act.purge')}
          onClose={onClose}
          onConfirm={() => {
            onDeed({ action: 'purge' })
            onClose()
          }}
        />
      )
    case null:
      return null
  }
}
