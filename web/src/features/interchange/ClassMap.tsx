import { Checkbox, Select, Table } from '@mantine/core'
import type { ImportChoices, ImportReport, Project } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { useNames } from '../projects/default-names.ts'

interface Props {
  project: Project
  report: ImportReport
  choices: ImportChoices
  onChange: (changed: Partial<ImportChoices>) => void
}

const LEFT_OUT = 'out'

/** What becomes of each class in the files: one the project has, a new one, or nothing. */
export function ClassMap({ project, report, choices, onChange }: Props) {
  const { t } = useTranslation()
  const { className } = useNames()
  const isMissing = report.classes.some((entry) => entry.isNew)
  const choose = (name: string, value: string) => {
    const becomes =
      value === LEFT_OUT ? null : value === `new ${name}` ? name : (project.classes[Number(value)] ?? name)
    const addClasses = choices.addClasses || value === `new ${name}`
    onChange({ classes: { ...choices.classes, [name]: becomes }, addClasses })
  }
  const chosenOf = ({ name, becomes }: ImportReport['classes'][number]) => {
    if (becomes === null) return LEFT_OUT
    const index = project.classes.indexOf(becomes)
    return index < 0 ? `new ${name}` : String(index)
  }
  return (
    <>
      <Table aria-label={t('interchange.classes')} fz="sm" verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('interchange.classInFile')}</Table.Th>
            <Table.Th ta="right">{t('interchange.images')}</Table.Th>
            <Table.Th ta="right">{t('interchange.marks')}</Table.Th>
            <Table.Th>{t('interchange.becomes')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {report.classes.map((entry) => (
            <Table.Tr key={entry.name}>
              <Table.Td>{entry.name}</Table.Td>
              <Table.Td ta="right">{t('interchange.number', { count: entry.images })}</Table.Td>
              <Table.Td ta="right">{t('interchange.number', { count: entry.marks })}</Table.Td>
              <Table.Td>
                <Select
                  size="xs"
                  aria-label={t('interchange.becomesOf', { name: entry.name })}
                  allowDeselect={false}
                  value={chosenOf(entry)}
                  data={[
                    ...project.classes.map((name, index) => ({ value: String(index), label: className(name) })),
                    ...(project.classes.includes(entry.name)
                      ? []
                      : [{ value: `new ${entry.name}`, label: t('interchange.newClass', { name: entry.name }) }]),
                    { value: LEFT_OUT, label: t('interchange.leaveOut') },
                  ]}
                  onChange={(value) => value !== null && choose(entry.name, value)}
                />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {isMissing && (
        <Checkbox
          label={t('interchange.addClasses')}
          checked={choices.addClasses}
          onChange={(event) => onChange({ addClasses: event.currentTarget.checked })}
        />
      )}
    </>
  )
}
