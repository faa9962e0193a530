import { skipToken, useQuery } from '@tanstack/react-query'
import type { Image, Person, Presence } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { keys } from '../../api/keys.ts'
import { meQuery } from '../accounts/account-queries.ts'
import classes from './PresenceLine.module.css'
import { colourOfPerson } from './person-colour.ts'
import { usePresence } from './use-presence.ts'

/** Somebody's label that arrived while the image was open. */
export interface Submission {
  revision: number
  author: Person
}

/** Who else has the image open, and whose label came in meanwhile. */
export function PresenceLine({ image, isEditing }: { image: Image; isEditing: boolean }) {
  const { t } = useTranslation()
  const present = usePresence(image.id, isEditing ? 'editing' : 'viewing')
  const me = useQuery(meQuery).data?.id
  const submission = useQuery<Submission>({ queryKey: keys.submission(image.id), queryFn: skipToken }).data ?? null
  const isNews = submission !== null && submission.author.id !== me && submission.revision >= image.labelRevision
  return (
    <div role="status" className={classes.line}>
      {present.map((person) => (
        <PresenceBadge key={person.id} person={person} />
      ))}
      {isNews && (
        <span className={classes.news}>
          {t(isEditing ? 'presence.submittedWhileEditing' : 'presence.submitted', {
            name: submission.author.username,
          })}
        </span>
      )}
    </div>
  )
}

function PresenceBadge({ person }: { person: Presence }) {
  const { t } = useTranslation()
  return (
    <span className={classes.badge} data-editing={person.activity === 'editing' || undefined}>
      <span className={classes.face} style={{ background: colourOfPerson(person.id) }} aria-hidden>
        {[...person.username][0]?.toUpperCase()}
      </span>
      {t(`presence.${person.activity}`, { name: person.username })}
    </span>
  )
}
