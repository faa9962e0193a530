import { Button, Group, Select, Stack, Text, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { type DicomSource, type DicomStudy, type Project, routes } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { Card } from '../../ui/Card.tsx'
import { Trouble } from '../../ui/Trouble.tsx'
import { useProblemText } from '../../ui/use-problem-text.ts'
import classes from './Dicom.module.css'
import { PullBar } from './PullBar.tsx'
import { StudyTable } from './StudyTable.tsx'
import { useSelection } from './use-selection.ts'

interface Props {
  project: Project
  source: DicomSource
}

const MODALITIES = ['CR', 'CT', 'DX', 'MG', 'MR', 'NM', 'OP', 'OPT', 'PT', 'RF', 'SM', 'US', 'XA', 'XC']
const EMPTY = { patientId: '', patientName: '', from: '', to: '', modality: '', accession: '' }

/** What is searched for, what was found, and what of it is brought in. */
export function StudySearch({ project, source }: Props) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  const [draft, setDraft] = useState(EMPTY)
  const [found, setFound] = useState<{ items: DicomStudy[]; hasMore: boolean } | null>(null)
  const selection = useSelection()
  const change = (part: Partial<typeof EMPTY>) => setDraft({ ...draft, ...part })
  const search = useMutation({
    mutationFn: async (offset: number) => {
      const given = Object.fromEntries(Object.entries(draft).filter(([, value]) => value.trim() !== ''))
      const params = { projectId: project.id, dicomSourceId: source.id }
      const page = await call(routes.searchDicomStudies, { params, body: { ...given, offset } })
      return { offset, ...page }
    },
    onSuccess: ({ offset, items, hasMore }) =>
      setFound((before) => ({ items: offset === 0 ? items : [...(before?.items ?? []), ...items], hasMore })),
  })
  return (
    <Card title={t('dicom.searchTitle')} text={t('dicom.searchText')}>
      <Stack gap="md">
        <form
          onSubmit={(event) => {
            event.preventDefault()
            selection.clear()
            search.mutate(0)
          }}
        >
          <div className={classes.fields}>
            <TextInput
              label={t('dicom.patientId')}
              maxLength={64}
              autoComplete="off"
              value={draft.patientId}
              onChange={(event) => change({ patientId: event.currentTarget.value })}
            />
            <TextInput
              label={t('dicom.patientName')}
              placeholder={t('dicom.nameExample')}
              maxLength={200}
              autoComplete="off"
              value={draft.patientName}
              onChange={(event) => change({ patientName: event.currentTarget.value })}
            />
            <TextInput
              label={t('dicom.accession')}
              maxLength={64}
              autoComplete="off"
              value={draft.accession}
              onChange={(event) => change({ accession: event.currentTarget.value })}
            />
            <TextInput
              type="date"
              label={t('dicom.from')}
              value={draft.from}
              onChange={(event) => change({ from: event.currentTarget.value })}
            />
            <TextInput
              type="date"
              label={t('dicom.to')}
              value={draft.to}
              onChange={(event) => change({ to: event.currentTarget.value })}
            />
            <Select
              label={t('dicom.modality')}
              value={draft.modality}
              allowDeselect={false}
              data={[{ value: '', label: t('dicom.anyModality') }, ...MODALITIES]}
              onChange={(value) => change({ modality: value ?? '' })}
            />
          </div>
          <Group mt="md">
            <Button
              type="submit"
              leftSection={<IconSearch size={16} />}
              loading={search.isPending && search.variables === 0}
            >
              {t('dicom.search')}
            </Button>
          </Group>
        </form>
        {search.isError && <Trouble>{problemText(search.error)}</Trouble>}
        {found?.items.length === 0 && <Text>{t('dicom.nothing')}</Text>}
        {found && found.items.length > 0 && (
          <>
            <StudyTable projectId={project.id} source={source} studies={found.items} selection={selection} />
            {found.hasMore && (
              <Group>
                <Button
                  variant="subtle"
                  size="compact-sm"
                  loading={search.isPending}
                  onClick={() => search.mutate(found.items.length)}
                >
                  {t('dicom.more')}
                </Button>
              </Group>
            )}
            <PullBar project={project} source={source} selection={selection} />
          </>
        )}
      </Stack>
    </Card>
  )
}
