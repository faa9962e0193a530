import { ActionIcon, Menu } from '@mantine/core'
import { IconCheck, IconColumns2 } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type Image, routes } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'
import { useFormat } from '../../i18n/use-format.ts'
import type { BesideChoice } from './use-beside.ts'

interface Props {
  image: Image
  items: readonly Image[]
  what: BesideChoice | null
  hasMarks: boolean
  onChoose: (what: BesideChoice | null) => void
}

/** More names than these nobody reads through in a menu. */
const MOST_LISTED = 100

/** Chooses what is looked at beside the image. */
export function BesideMenu({ image, items, what, hasMarks, onChoose }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const [isOpen, setIsOpen] = useState(false)
  const revisions = useQuery({
    queryKey: keys.revisions(image.id),
    queryFn: async ({ signal }) =>
      (await call(routes.listLabelRevisions, { params: { imageId: image.id }, signal })).items,
    enabled: isOpen && hasMarks,
  })
  const others = items.filter(({ id }) => id !== image.id).slice(0, MOST_LISTED)
  const item = (key: string, text: string, choice: BesideChoice) => {
    const isChosen = JSON.stringify(choice) === JSON.stringify(what)
    return (
      <Menu.Item
        key={key}
        rightSection={isChosen ? <IconCheck size={14} /> : undefined}
        onClick={() => onChoose(isChosen ? null : choice)}
      >
        {text}
      </Menu.Item>
    )
  }
  return (
    <Menu position="top" width={280} shadow="md" opened={isOpen} onChange={setIsOpen}>
      <Menu.Target>
        <ActionIcon
          variant={what ? 'light' : 'subtle'}
          aria-label={t('beside.title')}
          aria-pressed={what !== null}
          title={t('beside.title')}
        >
          <IconColumns2 size={17} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }}>
        {what && <Menu.Item onClick={() => onChoose(null)}>{t('beside.end')}</Menu.Item>}
        <Menu.Label>{t('beside.same')}</Menu.Label>
        {item('unmarked', t('beside.unmarked'), { kind: 'unmarked' })}
        {hasMarks && image.guess && item('guess', t('beside.guess'), { kind: 'guess' })}
        {revisions.data?.map(({ revision, authorName, author, createdAt }) =>
          item(
            `revision ${revision}`,
            t('beside.revision', {
              who: authorName ?? t(author.kind === 'model' ? 'beside.model' : 'beside.somebody'),
              when: format.ago(createdAt),
            }),
            { kind: 'revision', revision },
          ),
        )}
        {others.length > 0 && <Menu.Label>{t('beside.other')}</Menu.Label>}
        {others.map(({ id, name }) => item(id, name, { kind: 'image', imageId: id }))}
      </Menu.Dropdown>
    </Menu>
  )
}
