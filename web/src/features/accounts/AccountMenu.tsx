import { Avatar, Menu, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconKey, IconLogout, IconSettings, IconShieldLock, IconUsersGroup } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { routes } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { LanguageControl, ThemeControl } from '../../ui/PreferenceControls.tsx'
import { meQuery } from './account-queries.ts'
import { TokensDialog } from './TokensDialog.tsx'

export function AccountMenu() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const navigate = useNavigate()
  const me = useQuery(meQuery).data
  const [areTokensOpen, tokens] = useDisclosure(false)
  const signOut = async () => {
    await call(routes.logout, {})
    client.clear()
    await navigate({ to: '/sign-in' })
  }
  if (!me) return null
  return (
    <>
      <Menu position="bottom-end" width={250}>
        <Menu.Target>
          <UnstyledButton style={{ borderRadius: 99 }}>
            <Avatar size={30} radius="xl" color="verdigris" name={me.username} />
            <VisuallyHidden>{t('account.menu')}</VisuallyHidden>
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>
            <strong>{me.username}</strong> {me.role === 'administrator' && `· ${t('account.administrator')}`}
            <br />
            {me.email}
          </Menu.Label>
          <Menu.Divider />
          <div style={{ padding: '6px 10px', display: 'grid', gap: 8 }}>
            <LanguageControl fullWidth />
            <ThemeControl fullWidth />
          </div>
          <Menu.Divider />
          <Menu.Item component={Link} to="/account" leftSection={<IconShieldLock size={16} stroke={1.7} />}>
            {t('security.title')}
          </Menu.Item>
          <Menu.Item component={Link} to="/organisations" leftSection={<IconUsersGroup size={16} stroke={1.7} />}>
            {t('organisations.title')}
          </Menu.Item>
          {me.role === 'administrator' && (
            <Menu.Item component={Link} to="/administration" leftSection={<IconSettings size={16} stroke={1.7} />}>
              {t('audit.administration')}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconKey size={16} stroke={1.7} />} onClick={tokens.open}>
            {t('account.tokens')}
          </Menu.Item>
          <Menu.Item leftSection={<IconLogout size={16} stroke={1.7} />} onClick={() => void signOut()}>
            {t('account.signOut')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <TokensDialog opened={areTokensOpen} onClose={tokens.close} />
    </>
  )
}
