import { Badge, Button, Group, Menu, Text } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type Account, routes } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { useAct } from '../../ui/use-act.ts'
import { meQuery } from '../accounts/account-queries.ts'
import { QuotaDialog } from '../quotas/QuotaDialog.tsx'
import { administrationKeys } from './administration-queries.ts'

type Question = 'freeze' | 'makeAdministrator' | 'makeUser' | 'resetSecondFactor'

/** One account and what can be done with it; what weighs more is asked about first. */
export function AccountRow({ account }: { account: Account }) {
  const { t } = useTranslation()
  const format = useFormat()
  const client = useQueryClient()
  const act = useAct()
  const isMe = useQuery(meQuery).data?.id === account.id
  const [question, setQuestion] = useState<Question | null>(null)
  const [editsQuota, setEditsQuota] = useState(false)
  const params = { userId: account.id }
  const name = account.username
  const renew = () => client.invalidateQueries({ queryKey: administrationKeys.accounts })
  const change = (body: { isFrozen?: boolean; role?: Account['role'] }) =>
    act(() => call(routes.changeAccount, { params, body }).then(renew))
  const answers: Record<Question, () => void> = {
    freeze: () => change({ isFrozen: true }),
    makeAdministrator: () => change({ role: 'administrator' }),
    makeUser: () => change({ role: 'user' }),
    resetSecondFactor: () =>
      act(
        () => call(routes.resetSecondFactor, { params }).then(renew),
        t('administration.secondFactorReset', { name }),
      ),
  }
  const isAdministrator = account.role === 'administrator'
  return (
    <Group justify="space-between" wrap="nowrap" align="start">
      <div style={{ minWidth: 0 }}>
        <Group gap="xs">
          <Text fw={500} style={{ overflowWrap: 'anywhere' }}>
            {name}
          </Text>
          {isAdministrator && <Badge variant="light">{t('account.administrator')}</Badge>}
          {account.frozenAt && (
            <Badge variant="light" color="cinnabar">
              {t('administration.frozen')}
            </Badge>
          )}
          {account.hasSecondFactor && (
            <Badge variant="light" color="verdigris">
              {t('security.secondFactor')}
            </Badge>
          )}
          {account.passkeys > 0 && (
            <Badge variant="light" color="verdigris">
              {t('passkeys.title')}
            </Badge>
          )}
        </Group>
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {account.email}
          {!account.isEmailConfirmed && ` · ${t('administration.unconfirmed')}`}
        </Text>
        <Text size="xs" c="dimmed">
          {[
            t('administration.since', { when: format.date(account.createdAt) }),
            account.lastSeenAt
              ? t('administration.lastSeen', { when: format.ago(account.lastSeenAt) })
              : t('administration.neverSeen'),
            t('administration.projectCount', { count: account.projects }),
            t('administration.sessionCount', { count: account.sessions }),
          ].join(' · ')}
        </Text>
      </div>
      <Menu position="bottom-end" shadow="md">
        <Menu.Target>
          <Button
            variant="default"
            size="compact-md"
            aria-label={t('administration.actionsFor', { name })}
            style={{ flexShrink: 0 }}
          >
            <IconDots size={18} />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setEditsQuota(true)}>{t('quotas.change')}</Menu.Item>
          {!isMe && (
            <>
              {!account.frozenAt && (
                <Menu.Item
                  onClick={() =>
                    act(() => call(routes.sendPasswordReset, { params }), t('administration.resetSent', { name }))
                  }
                >
                  {t('administration.sendReset')}
                </Menu.Item>
              )}
              {account.sessions > 0 && (
                <Menu.Item
                  onClick={() =>
                    act(
                      () => call(routes.endAccountSessions, { params }).then(renew),
                      t('administration.signedOut', { name }),
                    )
                  }
                >
                  {t('administration.endSessions')}
                </Menu.Item>
              )}
              {(account.hasSecondFactor || account.passkeys > 0) && (
                <Menu.Item onClick={() => setQuestion('resetSecondFactor')}>
                  {t('administration.resetSecondFactor')}
                </Menu.Item>
              )}
              <Menu.Item onClick={() => setQuestion(isAdministrator ? 'makeUser' : 'makeAdministrator')}>
                {t(`administration.${isAdministrator ? 'makeUser' : 'makeAdministrator'}`)}
              </Menu.Item>
              <Menu.Divider />
              {account.frozenAt ? (
                <Menu.Item onClick={() => change({ isFrozen: false })}>{t('administration.unfreeze')}</Menu.Item>
              ) : (
                <Menu.Item color="cinnabar" onClick={() => setQuestion('freeze')}>
                  {t('administration.freeze')}
                </Menu.Item>
              )}
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {editsQuota && (
        <QuotaDialog
          name={name}
          quota={account.quota}
          onClose={() => setEditsQuota(false)}
          onSave={(body) => call(routes.putAccountQuota, { params, body }).then(renew)}
        />
      )}
      {question && (
        <ConfirmDialog
          title={t(`administration.${question}Title`, { name })}
          text={t(`administration.${question}Text`)}
          stay={t('common.cancel')}
          go={t(`administration.${question}`)}
          onClose={() => setQuestion(null)}
          onConfirm={() => {
            setQuestion(null)
            answers[question]()
          }}
        />
      )}
    </Group>
  )
}
