import { ActionIcon, Button, Progress, VisuallyHidden } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconCopy, IconFileZip, IconFilterOff, IconPackageExport, IconUserPlus, IconX } from '@tabler/icons-react'
import { holdsRight, type Image, type ImageId, type Project, routes } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call, urlOf } from '../../api/call.ts'
import { useAct } from '../../ui/use-act.ts'
import { ExportDialog } from '../interchange/ExportDialog.tsx'
import { TrainWithout } from '../training/TrainWithout.tsx'
import { type Asking, DeedDialogs } from './DeedDialogs.tsx'
import { DEED_ICONS } from './deed-icons.ts'
import classes from './GalleryPage.module.css'
import { deedsFor, type SimpleDeed } from './image-deeds.ts'
import { useDeeds } from './use-deeds.tsx'

interface Props {
  project: Project
  images: readonly Image[]
  /** Chooses all that the filter shows; null when all are chosen already. */
  onAll: (() => Promise<void>) | null
  onClear: () => void
}

/** What can be done to the chosen images, all at once. */
export function SelectionBar({ project, images, onAll, onClear }: Props) {
  const { t } = useTranslation()
  const act = useAct()
  const { run, progress } = useDeeds(project.id)
  const [asking, setAsking] = useState<Asking | null>(null)
  const [isExporting, exporting] = useDisclosure(false)
  const [isLeavingOut, leavingOut] = useDisclosure(false)
  const [isGathering, setIsGathering] = useState(false)
  const ids = images.map((image) => image.id)
  const mayView = holdsRight(project.access, 'view')
  const mayManage = holdsRight(project.access, 'manage')
  const isInBin = images.every((image) => image.state === 'DELETED')
  const deed = async (action: SimpleDeed) => {
    if (await run({ action }, ids, images)) onClear()
  }
  const download = async () => {
    const { id } = await call(routes.createDownload, {
      params: { projectId: project.id },
      body: { imageIds: ids as ImageId[] },
    })
    window.location.assign(urlOf(routes.getDownload, { params: { downloadId: id } }))
  }
  const gather = async () => {
    setIsGathering(true)
    await onAll?.().finally(() => setIsGathering(false))
  }
  return (
    <section className={classes.selection} aria-label={t('files.selection')}>
      <strong role="status">{t('files.selected', { count: images.length })}</strong>
      {onAll && (
        <Button size="compact-sm" variant="subtle" loading={isGathering} onClick={() => act(gather)}>
          {t('files.selectAll')}
        </Button>
      )}
      <span className={classes.deeds}>
        {!isInBin && (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconFileZip size={15} />}
            onClick={() => act(download)}
          >
            {t('files.download')}
          </Button>
        )}
        {mayView && !isInBin && (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconPackageExport size={15} />}
            onClick={exporting.open}
          >
            {t('interchange.exportChosen')}
          </Button>
        )}
        {mayManage && !isInBin && (
          <>
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconUserPlus size={15} />}
              onClick={() => setAsking('share')}
            >
              {t('files.share')}
            </Button>
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconCopy size={15} />}
              onClick={() => setAsking('copy')}
            >
              {t('files.copy')}
            </Button>
            {images.some((image) => image.annotatedAt !== null) && (
              <Button
                size="compact-sm"
                variant="default"
                leftSection={<IconFilterOff size={15} />}
                onClick={leavingOut.open}
              >
                {t('without.these')}
              </Button>
            )}
          </>
        )}
        {mayManage &&
          deedsFor(images).map((action) => {
            const Icon = DEED_ICONS[action]
            const isGrave = action === 'delete' || action === 'purge'
            return (
              <Button
                key={action}
                size="compact-sm"
                variant="default"
                c={isGrave ? 'var(--trouble)' : undefined}
                leftSection={<Icon size={15} />}
                onClick={() => (action === 'purge' ? setAsking('purge') : void deed(action))}
              >
                {t(`files.act.${action}`)}
              </Button>
            )
          })}
      </span>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t('files.clear')}
        title={t('files.clear')}
        onClick={onClear}
      >
        <IconX size={16} />
      </ActionIcon>
      {progress && progress.total > 200 && (
        <>
          <Progress className={classes.deedProgress} value={(progress.asked / progress.total) * 100} aria-hidden />
          <VisuallyHidden role="status">
            {t('files.progress', { done: progress.asked, total: progress.total })}
          </VisuallyHidden>
        </>
      )}
      {isExporting && <ExportDialog project={project} chosen={images} filter={{}} onClose={exporting.close} />}
      {isLeavingOut && <TrainWithout projectId={project.id} imageIds={ids as ImageId[]} onClose={leavingOut.close} />}
      <DeedDialogs
        asking={asking}
        images={images}
        onDeed={(chosen) => void run(chosen, ids, images).then((outcome) => outcome && onClear())}
        onClose={() => setAsking(null)}
      />
    </section>
  )
}
