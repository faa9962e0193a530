import { IconScale } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { StudyId } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../../api/problem.ts'
import { Card } from '../../ui/Card.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page } from '../../ui/Page.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { useProject } from '../projects/use-project.ts'
import studies from '../readings/Studies.module.css'
import { agreementQuery, studiesQuery } from '../readings/study-queries.ts'
import { AgreementMatrix } from './AgreementMatrix.tsx'
import { AgreementTable } from './AgreementTable.tsx'
import { WorstImages } from './WorstImages.tsx'

/** How far the readers of a study agree, and on which images they do not. */
export function AgreementPage() {
  const { t } = useTranslation()
  const project = useProject()
  const { studyId } = useParams({ from: '/app/projects/$projectId/review/studies/$studyId' })
  const agreement = useQuery(agreementQuery(studyId as StudyId))
  const study = useQuery(studiesQuery(project.id)).data?.find(({ id }) => id === studyId)
  const back = (
    <LinkButton variant="default" to="/projects/$projectId/review/studies" params={{ projectId: project.id }}>
      {t('agreement.back')}
    </LinkButton>
  )
  if (agreement.isPending) return <Waiting />
  if (agreement.error instanceof ApiProblem && agreement.error.code === 'FORBIDDEN') {
    return (
      <Notice icon={<IconScale size={26} stroke={1.6} />} title={t('agreement.unfinishedTitle')} actions={back}>
        {t('agreement.unfinishedText')}
      </Notice>
    )
  }
  if (agreement.isError) {
    return (
      <>
        <ErrorNotice error={agreement.error} onRetry={() => void agreement.refetch()} />
        <div style={{ display: 'grid', justifyContent: 'center' }}>{back}</div>
      </>
    )
  }
  const { data } = agreement
  if (data.images === 0) {
    return (
      <Notice icon={<IconScale size={26} stroke={1.6} />} title={t('agreement.emptyTitle')} actions={back}>
        {t('agreement.emptyText')}
      </Notice>
    )
  }
  return (
    <Page>
      <div className={studies.list}>
        <div className={studies.head}>
          {study && <h2>{study.name}</h2>}
          {back}
        </div>
        <Card title={t(`agreement.measure.${data.measure}`)} text={t(`agreement.explain.${data.measure}`)}>
          <AgreementMatrix agreement={data} />
        </Card>
        <AgreementTable project={project} agreement={data} />
        <WorstImages project={project} studyId={studyId as StudyId} agreement={data} />
      </div>
    </Page>
  )
}
