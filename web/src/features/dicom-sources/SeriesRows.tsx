import { Checkbox, Table, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { DicomSource, ProjectId } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { Trouble } from '../../ui/Trouble.tsx'
import { useProblemText } from '../../ui/use-problem-text.ts'
import classes from './Dicom.module.css'
import { dicomSeriesQuery } from './dicom-source-queries.ts'
import type { Selection } from './use-selection.ts'

interface Props {
  projectId: ProjectId
  source: DicomSource
  studyUid: string
  selection: Selection
}

const COLUMNS = 7

/** The series of a study, each to be chosen by itself. */
export function SeriesRows({ projectId, source, studyUid, selection }: Props) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  const series = useQuery(dicomSeriesQuery(projectId, source.id, studyUid))
  const chosen = selection.of(studyUid)
  if (!series.data) {
    return (
      <Table.Tr>
        <Table.Td colSpan={COLUMNS} className={classes.inner}>
          {series.isError ? (
            <Trouble>{problemText(series.error)}</Trouble>
          ) : (
            <Text size="sm" c="dimmed">
              {t('common.loading')}
            </Text>
          )}
        </Table.Td>
      </Table.Tr>
    )
  }
  const uids = series.data.map(({ seriesUid }) => seriesUid)
  return series.data.map(({ seriesUid, number, modality, description, bodyPart, instances }) => {
    const name = [number === null ? null : `#${number}`, description, bodyPart].filter(Boolean).join(' · ')
    return (
      <Table.Tr key={seriesUid}>
        <Table.Td className={classes.inner}>
          <Checkbox
            aria-label={t('dicom.chooseSeries', { name: name || seriesUid })}
            checked={chosen === 'all' || chosen.has(seriesUid)}
            onChange={() =>
              selection.chooseSeries(
                studyUid,
                seriesUid,
                uids.filter((uid) => uid !== seriesUid),
              )
            }
          />
        </Table.Td>
        <Table.Td colSpan={3} className={classes.faint}>
          {name || seriesUid}
        </Table.Td>
        <Table.Td className={classes.faint}>{modality ?? ''}</Table.Td>
        <Table.Td />
        <Table.Td className={`${classes.faint} ${classes.number}`}>{instances ?? ''}</Table.Td>
      </Table.Tr>
    )
  })
}
