import { Avatar, Button, Divider, Popover, Text, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconKey, IconLogout, IconSettings, IconShieldLock, IconUsersGroup } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { routes } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { LanguageControl, ThemeControl } from '../../ui/PreferenceControls.tsx'
import { PANEL_ITEM } from '../../ui/panel-item.ts'
import { meQuery } from './account-queries.ts'
import { TokensDialog } from './TokensDialog.tsx'

/** Who is signed in, and what is theirs. It holds choices too, so it is a dialog and no menu. */
export function AccountMenu() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const navigate = useNavigate()
  const me = useQuery(meQuery).data
  const [isOpen, panel] = useDisclosure(false)
  const [areTokensOpen, tokens] = useDisclosure(false)
  const signOut = async () => {
    await call(routes.logout, {})
    client.clear()
    await navigate({ to: '/sign-in' })
  }
  if (!me) return null
  return (
    <>
      <Popover position="bottom-end" width={250} shadow="md" radius={8} trapFocus opened={isOpen} onChange={panel.set}>
        <Popover.Target>
          <UnstyledButton style={{ borderRadius: 99 }} onClick={panel.toggle}>
            <Avatar aria-hidden size={30} radius="xl" color="verdigris" name={me.username} />
            <VisuallyHidden>{t('account.menu')}</VisuallyHidden>
          </UnstyledButton>
        </Popover.Target>
        <Popover.Dropdown p={6} aria-label={t('account.menu')}>
          <Text size="xs" c="var(--ink-soft)" px={10} py={6} style={{ overflowWrap: 'anywhere' }}>
            <strong>{me.username}</strong> {me.role === 'administrator' && `· ${t('account.administrator')}`}
            <br />
            {me.email}
          </Text>
          <Divider my={4} />
          <div style={{ padding: '6px 10px', display: 'grid', gap: 8 }}>
            <LanguageControl fullWidth />
            <ThemeControl fullWidth />
          </div>
          <Divider my={4} />
          <LinkButton
            {...PANEL_ITEM}
            to="/account"
            leftSection={<IconShieldLock size={16} stroke={1.7} />}
            onClick={panel.close}
          >
            {t('security.title')}
          </LinkButton>
          <LinkButton
            {...PANEL_ITEM}
            to="/organisations"
            leftSection={<IconUsersGroup size={16} stroke={1.7} />}
            onClick={panel.close}
          >
            {t('organisations.title')}
          </LinkButton>
          {me.role === 'administrator' && (
            <LinkButton
              {...PANEL_ITEM}
              to="/administration"
              leftSection={<IconSettings size={16} stroke={1.7} />}
              onClick={panel.close}
            >
              {t('audit.administration')}
            </LinkButton>
          )}
          <Button
            {...PANEL_ITEM}
            leftSection={<IconKey size={16} stroke={1.7} />}
            onClick={() => {
              panel.close()
              tokens.open()
            }}
          >
            {t('account.tokens')}
          </Button>
          <Button {...PANEL_ITEM} leftSection={<IconLogout size={16} stroke={1.7} />} onClick={() => void signOut()}>
            {t('account.signOut')}
          </Button>
        </Popover.Dropdown>
      </Popover>
      <TokensDialog opened={areTokensOpen} onClose={tokens.close} />
    </>
  )
}
