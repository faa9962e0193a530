import { Group } from '@mantine/core'
import { IconBuildingHospital, IconPackageImport } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page } from '../../ui/Page.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { useProject } from '../projects/use-project.ts'
import { ImportButton } from './ImportButton.tsx'
import { ImportCard } from './ImportCard.tsx'
import classes from './Imports.module.css'
import { importsQuery } from './import-queries.ts'

/** Every import of the project with its report. */
export function ImportsPage() {
  const { t } = useTranslation()
  const project = useProject()
  const imports = useQuery(importsQuery(project.id))
  const buttons = (
    <>
      <ImportButton project={project} />
      <LinkButton
        to="/projects/$projectId/dicom"
        params={{ projectId: project.id }}
        variant="default"
        leftSection={<IconBuildingHospital size={16} />}
      >
        {t('dicom.open')}
      </LinkButton>
    </>
  )
  return (
    <Page>
      <div className={classes.stack}>
        {imports.isPending && <Waiting />}
        {imports.isError && <ErrorNotice error={imports.error} onRetry={() => void imports.refetch()} />}
        {imports.data?.length === 0 && (
          <Notice icon={<IconPackageImport size={26} stroke={1.6} />} title={t('imports.emptyTitle')} actions={buttons}>
            {t('imports.emptyText')}
          </Notice>
        )}
        {imports.data && imports.data.length > 0 && <Group gap="xs">{buttons}</Group>}
        {imports.data?.map((each) => (
          <ImportCard key={each.id} given={each} />
        ))}
      </div>
    </Page>
  )
}
