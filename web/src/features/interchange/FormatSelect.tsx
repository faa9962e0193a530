import { Select } from '@mantine/core'
import { type FormatName, type Project, taskTypeOf } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { formatsOf } from './interchange-queries.ts'

interface Props {
  project: Project
  value: FormatName
  onChange: (format: FormatName) => void
}

export function FormatSelect({ project, value, onChange }: Props) {
  const { t } = useTranslation()
  const formats = formatsOf(taskTypeOf(project.taskType).family)
  return (
    <Select
      label={t('interchange.format')}
      value={value}
      allowDeselect={false}
      searchable
      nothingFoundMessage={t('interchange.noFormat')}
      data={formats.map((name) => ({ value: name, label: t(`interchange.formats.${name}`) }))}
      onChange={(name) => name && onChange(name as FormatName)}
    />
  )
}
