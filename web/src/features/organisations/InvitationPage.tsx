import { Button, Stack, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { routes } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { useProblemText } from '../../ui/use-problem-text.ts'
import { meQuery } from '../accounts/account-queries.ts'
import { linkSecret, QuietPage } from '../accounts/RecoveryPages.tsx'
import { organisationKeys } from './organisation-queries.ts'

const KEPT = 'vesalius.invitation'

/** Where an invitation's link leads. The secret is kept for this tab while its holder signs in or registers. */
export function InvitationPage() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const navigate = useNavigate()
  const problemText = useProblemText()
  const [invitationToken] = useState(() => {
    const secret = linkSecret() || (sessionStorage.getItem(KEPT) ?? '')
    sessionStorage.setItem(KEPT, secret)
    return secret
  })
  const me = useQuery(meQuery).data
  const invitation = useQuery({
    queryKey: ['invitation', invitationToken],
    queryFn: ({ signal }) =>
      call(routes.readInvitation, { params: { invitationToken: invitationToken || '-' }, signal }),
    retry: false,
  })
  const accept = useMutation({
    mutationFn: () => call(routes.acceptInvitation, { params: { invitationToken } }),
    onSuccess: async ({ id }) => {
      sessionStorage.removeItem(KEPT)
      await client.invalidateQueries({ queryKey: organisationKeys.all })
      await navigate({ to: '/organisations/$organisationId', params: { organisationId: id } })
    },
  })
  if (invitation.isError) {
    return (
      <QuietPage title={t('organisations.noInvitationTitle')} text={t('organisations.noInvitationText')}>
        <LinkButton to="/">{t('recovery.home')}</LinkButton>
      </QuietPage>
    )
  }
  if (!invitation.data) return null
  const { organisation, role, invitedBy } = invitation.data
  return (
    <QuietPage
      title={t('organisations.invitedTitle', { name: organisation })}
      text={t('organisations.invitedText', { person: invitedBy, role: t(`role.${role}`) })}
    >
      <Stack gap="sm">
        {accept.isError && (
          <Text role="alert" c="var(--trouble)">
            {problemText(accept.error)}
          </Text>
        )}
        {me ? (
          <Button onClick={() => accept.mutate()} loading={accept.isPending}>
            {t('organisations.accept')}
          </Button>
        ) : (
          <LinkButton to="/sign-in" search={{ to: '/invitation' }}>
            {t('organisations.signInToAccept')}
          </LinkButton>
        )}
      </Stack>
    </QuietPage>
  )
}
