import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type Person, routes } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'

interface Props {
  label: string
  value: Person | null
  onChange: (person: Person | null) => void
  /** People to choose from before anything is typed. */
  known?: readonly Person[]
  isFirst?: boolean
}

/** Finds somebody of this installation by the beginning of their user name. */
export function PersonSelect({ label, value, onChange, known = [], isFirst = false }: Props) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [name] = useDebouncedValue(text.trim(), 200)
  const isAsked = name !== '' && name !== value?.username
  const found = useQuery({
    queryKey: ['people', name],
    queryFn: async ({ signal }) => (await call(routes.findPeople, { query: { name }, signal })).items,
    enabled: isAsked,
    placeholderData: keepPreviousData,
  })
  const people = new Map(
    [...known, ...((isAsked && found.data) || []), ...(value ? [value] : [])].map((p) => [p.id, p]),
  )
  return (
    <Select
      searchable
      clearable
      data-autofocus={isFirst || undefined}
      label={label}
      placeholder={t('files.personPlaceholder')}
      // A list without entries would be no list: what is missing is said below the field.
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      description={people.size > 0 ? undefined : t(name === '' ? 'files.personType' : 'files.personNone')}
      searchValue={text}
      onSearchChange={setText}
      value={value?.id ?? null}
      data={[...people.values()].map(({ id, username }) => ({ value: id, label: username }))}
      onChange={(id) => onChange(id === null ? null : (people.get(id as Person['id']) ?? null))}
    />
  )
}
