import { ActionIcon, Checkbox, Table } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import type { DicomSource, DicomStudy, ProjectId } from '@vesalius/contracts'
import { Fragment, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './Dicom.module.css'
import { SeriesRows } from './SeriesRows.tsx'
import type { Selection } from './use-selection.ts'

interface Props {
  projectId: ProjectId
  source: DicomSource
  studies: readonly DicomStudy[]
  selection: Selection
}

const UNKNOWN = '–'

/** Found studies; each opens to its series. */
export function StudyTable({ projectId, source, studies, selection }: Props) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const toggle = (uid: string) => {
    const next = new Set(open)
    if (!next.delete(uid)) next.add(uid)
    setOpen(next)
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keys too
    <section className={classes.scroll} aria-label={t('dicom.found')} tabIndex={0}>
      <Table className={classes.table} verticalSpacing={6} highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th />
            <Table.Th>{t('dicom.patient')}</Table.Th>
            <Table.Th>{t('dicom.date')}</Table.Th>
            <Table.Th>{t('dicom.description')}</Table.Th>
            <Table.Th>{t('dicom.modality')}</Table.Th>
            <Table.Th>{t('dicom.accession')}</Table.Th>
            <Table.Th className={classes.number}>{t('dicom.images')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {studies.map((study) => {
            const { studyUid } = study
            const chosen = selection.of(studyUid)
            const name = study.description ?? study.patientId ?? studyUid
            const isOpen = open.has(studyUid)
            return (
              <Fragment key={studyUid}>
                <Table.Tr>
                  <Table.Td className={classes.choose}>
                    <Checkbox
                      aria-label={t('dicom.chooseStudy', { name })}
                      checked={chosen === 'all'}
                      indeterminate={chosen !== 'all' && chosen.size > 0}
                      onChange={(event) => selection.chooseStudy(studyUid, event.currentTarget.checked)}
                    />
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      aria-expanded={isOpen}
                      aria-label={t('dicom.openStudy', { name })}
                      onClick={() => toggle(studyUid)}
                    >
                      {isOpen ? <IconChevronDown size={16} /> : <IconChevronRight size={16} />}
                    </ActionIcon>
                  </Table.Td>
                  <Table.Td>
                    <div>{(study.patientName ?? UNKNOWN).replaceAll('^', ' ').trim()}</div>
                    <div className={classes.faint}>{study.patientId ?? UNKNOWN}</div>
                  </Table.Td>
                  <Table.Td className={classes.number}>{study.date ?? UNKNOWN}</Table.Td>
                  <Table.Td>{study.description ?? UNKNOWN}</Table.Td>
                  <Table.Td>{study.modalities.join(', ') || UNKNOWN}</Table.Td>
                  <Table.Td>{study.accession ?? UNKNOWN}</Table.Td>
                  <Table.Td className={classes.number}>{study.instances ?? UNKNOWN}</Table.Td>
                </Table.Tr>
                {isOpen && (
                  <SeriesRows projectId={projectId} source={source} studyUid={studyUid} selection={selection} />
                )}
              </Fragment>
            )
          })}
        </Table.Tbody>
      </Table>
    </section>
  )
}
