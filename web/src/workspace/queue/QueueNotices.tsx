import { IconChecks, IconPhotoUp } from '@tabler/icons-react'
import type { Project } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Notice } from '../../ui/Notice.tsx'

/** Stands where the image was once every image of the queue has been seen. */
export function QueueEnd({ project }: { project: Project }) {
  const { t } = useTranslation()
  const params = { projectId: project.id }
  return (
    <Notice
      icon={<IconChecks size={26} stroke={1.6} />}
      title={t('annotate.doneTitle')}
      actions={
        <>
          <LinkButton to="/projects/$projectId" params={params} variant="default">
            {t('annotate.doneAll')}
          </LinkButton>
          <LinkButton to="/projects/$projectId/training" params={params}>
            {t('annotate.doneTrain')}
          </LinkButton>
        </>
      }
    >
      {t('annotate.doneText')}
    </Notice>
  )
}

export function EmptyQueue({ project }: { project: Project }) {
  const { t } = useTranslation()
  const hasImages = project.counts.images > 0
  return (
    <Notice
      icon={<IconPhotoUp size={26} stroke={1.6} />}
      title={t('annotate.emptyTitle')}
      actions={
        <LinkButton to="/projects/$projectId" params={{ projectId: project.id }}>
          {t(hasImages ? 'annotate.doneAll' : 'annotate.emptyUpload')}
        </LinkButton>
      }
    >
      {t(hasImages ? 'annotate.emptyText' : 'annotate.emptyUploadText')}
    </Notice>
  )
}
