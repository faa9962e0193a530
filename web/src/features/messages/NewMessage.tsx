import { Pill, Select } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type Message, type MessageTarget, type OrganisationId, type Person, routes } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'
import { meQuery } from '../accounts/account-queries.ts'
import { organisationsQuery } from '../organisations/organisation-queries.ts'
import { PersonPicker } from '../people/PersonPicker.tsx'
import { attachedImages } from './attached-images.ts'
import { Composer } from './Composer.tsx'
import classes from './Messages.module.css'

/** Begins a thread with people, or in an organisation. */
export function NewMessage({ onSent }: { onSent: (message: Message) => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const me = useQuery(meQuery).data?.id
  const organisations = useQuery(organisationsQuery).data ?? []
  const [people, setPeople] = useState<Person[]>([])
  const [organisationId, setOrganisationId] = useState<OrganisationId | null>(null)
  const send = async (text: string) => {
    const to: MessageTarget = organisationId
      ? { kind: 'organisation', organisationId }
      : { kind: 'people', userIds: people.map(({ id }) => id) }
    const sent = await call(routes.postMessage, { body: { to, text, images: attachedImages(text) } })
    await client.invalidateQueries({ queryKey: keys.messages })
    onSent(sent)
  }
  const known = people.map(({ id }) => id)
  return (
    <section className={classes.thread} aria-label={t('messages.new')}>
      <header className={classes.head}>
        <h2>{t('messages.new')}</h2>
      </header>
      <div className={classes.scroll}>
        {!organisationId && (
          <>
            <PersonPicker
              label={t('messages.toPeople')}
              except={me ? [me, ...known] : known}
              onChoose={(person) => setPeople([...people, person])}
            />
            <Pill.Group mt={8}>
              {people.map((person) => (
                <Pill
                  key={person.id}
                  withRemoveButton
                  removeButtonProps={{ 'aria-label': t('messages.without', { name: person.username }), tabIndex: 0 }}
                  onRemove={() => setPeople(people.filter(({ id }) => id !== person.id))}
                >
                  {person.username}
                </Pill>
              ))}
            </Pill.Group>
          </>
        )}
        {people.length === 0 && organisations.length > 0 && (
          <Select
            mt="sm"
            clearable
            label={t('messages.toOrganisation')}
            placeholder={t('messages.chooseOrganisation')}
            data={organisations.map(({ id, name }) => ({ value: id, label: name }))}
            value={organisationId}
            onChange={(id) => setOrganisationId(organisations.find((each) => each.id === id)?.id ?? null)}
          />
        )}
      </div>
      <Composer label={t('messages.text')} canSend={organisationId !== null || people.length > 0} onSend={send} />
    </section>
  )
}
