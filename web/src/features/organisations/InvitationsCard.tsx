import { Alert, Button, Code, CopyButton, Group, Select, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type InvitationId, type OrganisationId, type OrganisationRole, routes } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { Card } from '../../ui/Card.tsx'
import { useAct } from '../../ui/use-act.ts'
import { useProblemText } from '../../ui/use-problem-text.ts'
import { roleChoices } from './MembersCard.tsx'
import { invitationsQuery, organisationKeys } from './organisation-queries.ts'

export function InvitationsCard({ organisationId, role }: { organisationId: OrganisationId; role: OrganisationRole }) {
  const { t } = useTranslation()
  const format = useFormat()
  const client = useQueryClient()
  const act = useAct()
  const problemText = useProblemText()
  const [email, setEmail] = useState('')
  const [granted, setGranted] = useState<OrganisationRole>('annotator')
  const invitations = useQuery(invitationsQuery(organisationId)).data ?? []
  const renew = () => client.invalidateQueries({ queryKey: organisationKeys.invitations(organisationId) })
  const invite = useMutation({
    mutationFn: () =>
      call(routes.createInvitation, {
        params: { organisationId },
        body: { role: granted, email: email.trim() || null },
      }),
    onSuccess: () => {
      setEmail('')
      return renew()
    },
  })
  const withdraw = (invitationId: InvitationId) =>
    act(() => call(routes.deleteInvitation, { params: { organisationId, invitationId } }).then(renew))
  const link = invite.data && new URL(invite.data.link, window.location.origin).href
  return (
    <Card title={t('organisations.invite')} text={t('organisations.inviteText')}>
      <Stack gap="sm">
        <form
          onSubmit={(event) => {
            event.preventDefault()
            invite.mutate()
          }}
        >
          <Group align="end" gap="xs">
            <TextInput
              style={{ flex: 1, minWidth: 180 }}
              type="email"
              label={t('organisations.inviteEmail')}
              placeholder={t('organisations.inviteAnyone')}
              value={email}
              onChange={(event) => setEmail(event.currentTarget.value)}
            />
            <Select
              w={150}
              label={t('organisations.role')}
              allowDeselect={false}
              value={granted}
              data={roleChoices(role, t)}
              onChange={(value) => value && setGranted(value as OrganisationRole)}
            />
            <Button type="submit" loading={invite.isPending}>
              {t('organisations.makeLink')}
            </Button>
          </Group>
        </form>
        {invite.isError && (
          <Text role="alert" c="var(--trouble)">
            {problemText(invite.error)}
          </Text>
        )}
        {link && (
          <Alert color="ochre" title={t('organisations.linkTitle')}>
            {invite.data?.invitation.email && (
              <Text size="sm">{t('organisations.mailed', { email: invite.data.invitation.email })}</Text>
            )}
            <Group gap="xs" wrap="nowrap">
              <Code style={{ overflowWrap: 'anywhere' }}>{link}</Code>
              <CopyButton value={link}>
                {({ copied, copy }) => (
                  <Button size="compact-sm" variant="default" onClick={copy}>
                    {copied ? t('common.copied') : t('common.copy')}
                  </Button>
                )}
              </CopyButton>
            </Group>
          </Alert>
        )}
        {invitations.map((invitation) => (
          <Group key={invitation.id} justify="space-between" wrap="nowrap">
            <div>
              <Text fw={500}>{invitation.email ?? t('organisations.anyone')}</Text>
              <Text size="xs" c="dimmed">
                {t(`role.${invitation.role}`)} · {t('organisations.until', { when: format.date(invitation.expiresAt) })}
              </Text>
            </div>
            <Button size="compact-sm" variant="subtle" color="cinnabar" onClick={() => withdraw(invitation.id)}>
              {t('organisations.withdraw')}
            </Button>
          </Group>
        ))}
      </Stack>
    </Card>
  )
}
