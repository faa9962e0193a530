import { Select } from '@mantine/core'
import { type FormatName, type Project, taskTypeOf } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { formatsOf } from './interchange-queries.ts'

interface Props<Value> {
  project: Project
  value: Value
  onChange: (format: Value) => void
  /** Offered first: the format is recognised from the files. */
  canRecognise?: null extends Value ? true : never
}

const RECOGNISED = ''

export function FormatSelect<Value extends FormatName | null>(props: Props<Value>) {
  const { project, value, onChange, canRecognise = false } = props
  const { t } = useTranslation()
  const formats = formatsOf(taskTypeOf(project.taskType).family)
  return (
    <Select
      label={t('interchange.format')}
      value={value ?? RECOGNISED}
      allowDeselect={false}
      searchable
      nothingFoundMessage={t('interchange.noFormat')}
      data={[
        ...(canRecognise ? [{ value: RECOGNISED, label: t('interchange.recognise') }] : []),
        ...formats.map((name) => ({ value: name, label: t(`interchange.formats.${name}`) })),
      ]}
      onChange={(name) => name !== null && onChange((name === RECOGNISED ? null : name) as Value)}
    />
  )
}
