import { Box, Button, Group, Select, Stack, Text } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import {
  holdsRight,
  type Member,
  mayGrant,
  type OrganisationId,
  OrganisationRole,
  routes,
  type UserId,
} from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { Card } from '../../ui/Card.tsx'
import { useAct } from '../../ui/use-act.ts'
import { meQuery } from '../accounts/account-queries.ts'
import { membersQuery, organisationKeys } from './organisation-queries.ts'

/** The button's, kept free beside oneself so that roles stand below each other. */
const REMOVE_WIDTH = 90

export function MembersCard({ organisationId, role }: { organisationId: OrganisationId; role: OrganisationRole }) {
  const { t } = useTranslation()
  const format = useFormat()
  const client = useQueryClient()
  const act = useAct()
  const me = useQuery(meQuery).data
  const members = useQuery(membersQuery(organisationId)).data ?? []
  const renew = () => client.invalidateQueries({ queryKey: organisationKeys.all })
  const change = (userId: UserId, next: OrganisationRole) =>
    act(() => call(routes.changeMember, { params: { organisationId, userId }, body: { role: next } }).then(renew))
  const remove = (userId: UserId) =>
    act(() => call(routes.removeMember, { params: { organisationId, userId } }).then(renew))
  const mayChange = (member: Member) => holdsRight(role, 'manage') && mayGrant(role, member.role)
  return (
    <Card title={t('organisations.members')} text={t('organisations.membersText')}>
      <Stack gap="xs">
        {members.map((member) => (
          <Group key={member.id} justify="space-between" wrap="nowrap">
            <div>
              <Text fw={500}>{member.username}</Text>
              <Text size="xs" c="dimmed">
                {t('organisations.joined', { when: format.date(member.joinedAt) })}
              </Text>
            </div>
            {mayChange(member) ? (
              <Group gap="xs" wrap="nowrap">
                <Select
                  w={150}
                  aria-label={t('organisations.roleOf', { name: member.username })}
                  allowDeselect={false}
                  value={member.role}
                  data={roleChoices(role, t)}
                  onChange={(value) => value && change(member.id, value as OrganisationRole)}
                />
                {member.id === me?.id ? (
                  <Box w={REMOVE_WIDTH} />
                ) : (
                  <Button
                    w={REMOVE_WIDTH}
                    size="compact-sm"
                    variant="subtle"
                    color="cinnabar"
                    aria-label={t('organisations.removeNamed', { name: member.username })}
                    onClick={() => remove(member.id)}
                  >
                    {t('organisations.remove')}
                  </Button>
                )}
              </Group>
            ) : (
              <Text>{t(`role.${member.role}`)}</Text>
            )}
          </Group>
        ))}
      </Stack>
    </Card>
  )
}

/** The roles that somebody of this role may give. */
export function roleChoices(own: OrganisationRole, t: (key: `role.${OrganisationRole}`) => string) {
  return OrganisationRole.options
    .filter((role) => mayGrant(own, role))
    .map((role) => ({ value: role, label: t(`role.${role}`) }))
}
