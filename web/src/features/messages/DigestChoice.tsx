import { Select } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { MailDigest, routes } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'
import { useAct } from '../../ui/use-act.ts'

const KEY = [...keys.messages, 'settings']

/** How often a mail tells what is unread. */
export function DigestChoice() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const act = useAct()
  const settings = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => call(routes.getMessageSettings, { signal }),
  }).data
  if (!settings) return null
  return (
    <Select
      size="xs"
      mt="auto"
      allowDeselect={false}
      label={t('messages.digest')}
      value={settings.mailDigest}
      data={MailDigest.options.map((value) => ({ value, label: t(`messages.digests.${value}`) }))}
      onChange={(value) =>
        act(async () => {
          const mailDigest = MailDigest.parse(value)
          client.setQueryData(KEY, await call(routes.putMessageSettings, { body: { mailDigest } }))
        })
      }
    />
  )
}
