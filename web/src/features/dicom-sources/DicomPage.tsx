import { Button, Group, Select } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconBuildingHospital, IconPencil, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { DicomSource } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Card } from '../../ui/Card.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page } from '../../ui/Page.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { meQuery } from '../accounts/account-queries.ts'
import { useProject } from '../projects/use-project.ts'
import classes from './Dicom.module.css'
import { dicomSourcesQuery } from './dicom-source-queries.ts'
import { SendBack } from './SendBack.tsx'
import { SourceDialog } from './SourceDialog.tsx'
import { StudySearch } from './StudySearch.tsx'

/** A hospital's archive from inside a project: find studies, bring series in, send annotations back. */
export function DicomPage() {
  const { t } = useTranslation()
  const project = useProject()
  const sources = useQuery(dicomSourcesQuery(project.id))
  const isAdministrator = useQuery(meQuery).data?.role === 'administrator'
  const [chosen, setChosen] = useState<string | null>(null)
  const [edited, setEdited] = useState<DicomSource | null>(null)
  const [isAdding, adding] = useDisclosure(false)
  const source = sources.data?.find(({ id }) => id === chosen) ?? sources.data?.[0]
  const mayChange = source && (source.projectId !== null || isAdministrator)
  const add = (
    <Button variant={source ? 'default' : 'filled'} leftSection={<IconPlus size={16} />} onClick={adding.open}>
      {t('dicom.add')}
    </Button>
  )
  return (
    <Page>
      <div className={classes.stack}>
        {sources.isPending && <Waiting />}
        {sources.isError && <ErrorNotice error={sources.error} onRetry={() => void sources.refetch()} />}
        {sources.data?.length === 0 && (
          <Notice icon={<IconBuildingHospital size={26} stroke={1.6} />} title={t('dicom.emptyTitle')} actions={add}>
            {t('dicom.emptyText')}
          </Notice>
        )}
        {source && (
          <>
            <Card title={t('dicom.title')} text={t('dicom.text')}>
              <Group align="end" gap="sm">
                <Select
                  className={classes.grows}
                  label={t('dicom.server')}
                  description={source.url}
                  inputWrapperOrder={['label', 'input', 'description']}
                  value={source.id}
                  allowDeselect={false}
                  data={(sources.data ?? []).map(({ id, name, projectId }) => ({
                    value: id,
                    label: projectId === null ? t('dicom.sharedName', { name }) : name,
                  }))}
                  onChange={setChosen}
                />
                <Group gap="xs" className={classes.beside}>
                  {mayChange && (
                    <Button variant="default" leftSection={<IconPencil size={16} />} onClick={() => setEdited(source)}>
                      {t('dicom.change')}
                    </Button>
                  )}
                  {add}
                </Group>
              </Group>
            </Card>
            <StudySearch key={source.id} project={project} source={source} />
            <SendBack project={project} source={source} />
          </>
        )}
      </div>
      {(isAdding || edited) && (
        <SourceDialog
          projectId={project.id}
          source={edited}
          mayShare={isAdministrator}
          onClose={() => {
            adding.close()
            setEdited(null)
          }}
          onSaved={(id) => setChosen(id)}
        />
      )}
    </Page>
  )
}
