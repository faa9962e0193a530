import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlus, IconSparkles, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { SAMPLE_COUNT } from '../samples/draw-samples.ts'
import { SampleDialog } from '../samples/SampleDialog.tsx'
import { CreateProjectDialog } from './CreateProjectDialog.tsx'
import { ProjectCard } from './ProjectCard.tsx'
import classes from './ProjectListPage.module.css'
import { deletedProjectsQuery, projectsQuery } from './project-queries.ts'

export function ProjectListPage() {
  const { t } = useTranslation()
  const projects = useQuery(projectsQuery)
  const deleted = useQuery(deletedProjectsQuery).data
  const [isCreating, creating] = useDisclosure(false)
  const [isSampling, sampling] = useDisclosure(false)
  if (projects.isError) return <ErrorNotice error={projects.error} onRetry={() => void projects.refetch()} />
  const all = projects.data ?? []
  const started = all.filter((project) => !project.isDefault || project.counts.images > 0)
  const fresh = all
    .filter((project) => project.isDefault && project.counts.images === 0)
    .sort((a, b) => a.taskType - b.taskType)
  const samples = projects.data && (
    <section className={classes.sample}>
      <div>
        <h2>{t('projects.sampleTitle')}</h2>
        <p className={classes.about}>{t('projects.sampleText', { total: SAMPLE_COUNT })}</p>
      </div>
      <Button color="ochre.7" leftSection={<IconSparkles size={16} />} onClick={sampling.open}>
        {t('projects.sampleStart')}
      </Button>
    </section>
  )
  return (
    <Page>
      <div className={classes.head}>
        <div>
          <h1 className={classes.title}>{t(started.length > 0 ? 'projects.yours' : 'projects.chooseTitle')}</h1>
          {started.length === 0 && <p className={classes.text}>{t('projects.chooseText')}</p>}
        </div>
        <Button leftSection={<IconPlus size={16} />} onClick={creating.open}>
          {t('projects.new')}
        </Button>
      </div>
      {started.length > 0 && (
        <div className={classes.grid}>
          {started.map((project) => (
            <ProjectCard key={project.id} project={project} />
          ))}
        </div>
      )}
      {started.length > 0 && fresh.length > 0 && <h2 className={classes.section}>{t('projects.chooseTitle')}</h2>}
      {started.length === 0 && samples}
      <div className={classes.grid}>
        {fresh.map((project) => (
          <ProjectCard key={project.id} project={project} />
        ))}
      </div>
      {started.length > 0 && samples}
      {deleted !== undefined && deleted.length > 0 && (
        <p className={classes.bin}>
          <LinkButton to="/bin" variant="subtle" color="gray" leftSection={<IconTrash size={16} />}>
            {t('files.projectsBin')} ({deleted.length})
          </LinkButton>
        </p>
      )}
      <CreateProjectDialog opened={isCreating} onClose={creating.close} />
      {isSampling && <SampleDialog onClose={sampling.close} />}
    </Page>
  )
}
