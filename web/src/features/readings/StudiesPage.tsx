import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconUsersGroup } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { holdsRight } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page } from '../../ui/Page.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { OwnGoldScore } from '../agreement/OwnGoldScore.tsx'
import { useProject } from '../projects/use-project.ts'
import { NewStudy } from './NewStudy.tsx'
import classes from './Studies.module.css'
import { StudyCard } from './StudyCard.tsx'
import { studiesQuery } from './study-queries.ts'

/** Images that several people read, and how far they are. */
export function StudiesPage() {
  const { t } = useTranslation()
  const project = useProject()
  const studies = useQuery(studiesQuery(project.id))
  const [isOpen, form] = useDisclosure(false)
  const mayManage = holdsRight(project.access, 'manage')
  const start = mayManage && <Button onClick={form.open}>{t('studies.new')}</Button>
  if (studies.isPending) return <Waiting />
  if (studies.isError) return <ErrorNotice error={studies.error} onRetry={() => void studies.refetch()} />
  const isEmpty = studies.data.length === 0 && !isOpen
  return (
    <Page>
      <div className={classes.list}>
        {!holdsRight(project.access, 'review') && <OwnGoldScore project={project} />}
        {isEmpty && (
          <Notice icon={<IconUsersGroup size={26} stroke={1.6} />} title={t('studies.emptyTitle')} actions={start}>
            {t(mayManage ? 'studies.emptyText' : 'studies.emptyReader')}
          </Notice>
        )}
        {!isEmpty && !isOpen && mayManage && <div>{start}</div>}
        {isOpen && <NewStudy project={project} onClose={form.close} />}
        {studies.data.map((study) => (
          <StudyCard key={study.id} project={project} study={study} />
        ))}
      </div>
    </Page>
  )
}
