import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type Person, routes, type UserId } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'

interface Props {
  label: string
  /** Nobody to offer. */
  except: readonly UserId[]
  onChoose: (person: Person) => void
}

/** Finds somebody of this installation by the beginning of their user name. */
export function PersonPicker({ label, except, onChoose }: Props) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [name] = useDebouncedValue(text.trim(), 200)
  const found = useQuery({
    queryKey: ['people', name],
    queryFn: async ({ signal }) => (await call(routes.findPeople, { query: { name }, signal })).items,
    enabled: name !== '',
    placeholderData: keepPreviousData,
  }).data
  const people = (name === '' ? [] : (found ?? [])).filter(({ id }) => !except.includes(id))
  return (
    <Select
      searchable
      label={label}
      placeholder={t('people.find')}
      nothingFoundMessage={name === '' ? t('people.type') : t('people.nobody')}
      value={null}
      searchValue={text}
      onSearchChange={setText}
      filter={({ options }) => options}
      data={people.map(({ id, username }) => ({ value: id, label: username }))}
      onChange={(id) => {
        const person = people.find((candidate) => candidate.id === id)
        if (!person) return
        onChoose(person)
        setText('')
      }}
    />
  )
}
