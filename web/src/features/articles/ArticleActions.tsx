import { ActionIcon, Group, Menu } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import {
  IconArrowBackUp,
  IconDots,
  IconDownload,
  IconHistory,
  IconPencil,
  IconPrinter,
  IconSend,
  IconSnowflake,
  IconSnowflakeOff,
  IconTrash,
} from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type Article, holdsRight, routes } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { useAct } from '../../ui/use-act.ts'
import classes from './Articles.module.css'
import { articleKeys } from './article-queries.ts'
import { useWholeText } from './use-whole-text.ts'

/** What may be done with an article, by role and state. */
export function ArticleActions({ article }: { article: Article }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const navigate = useNavigate()
  const act = useAct()
  const whole = useWholeText(article)
  const [isAsked, ask] = useDisclosure(false)
  const params = { articleId: article.id }
  const mayEdit = holdsRight(article.access, 'review') && !article.frozenAt && !article.deletedAt
  const mayManage = holdsRight(article.access, 'manage') && !article.deletedAt
  const refresh = () => client.invalidateQueries({ queryKey: articleKeys.all })
  const change = (state: 'draft' | 'published') =>
    act(
      () => call(routes.updateArticle, { params, body: { state } }).then(refresh),
      t(state === 'draft' ? 'articles.madeDraft' : 'articles.published'),
    )
  const freeze = () =>
    act(() => call(article.frozenAt ? routes.unfreezeArticle : routes.freezeArticle, { params }).then(refresh))
  const remove = async () => {
    await call(routes.deleteArticle, { params })
    await navigate({ to: '/articles', search: {} })
    await refresh()
  }
  return (
    <Group gap="xs" wrap="nowrap" className={classes.noPrint}>
      {mayEdit && (
        <LinkButton to="/articles/$articleId/edit" params={params} leftSection={<IconPencil size={16} />}>
          {t('articles.edit')}
        </LinkButton>
      )}
      <Menu position="bottom-end" portalProps={{ target: '#overlays' }}>
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={t('articles.moreActions')}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {mayEdit && article.state === 'draft' && (
            <Menu.Item leftSection={<IconSend size={16} />} onClick={() => change('published')}>
              {t('articles.publish')}
            </Menu.Item>
          )}
          {mayEdit && article.state === 'published' && (
            <Menu.Item leftSection={<IconArrowBackUp size={16} />} onClick={() => change('draft')}>
              {t('articles.unpublish')}
            </Menu.Item>
          )}
          {holdsRight(article.access, 'view') && (
            <Menu.Item
              leftSection={<IconHistory size={16} />}
              onClick={() => void navigate({ to: '/articles/$articleId/history', params, search: {} })}
            >
              {t('articles.history')}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconPrinter size={16} />} onClick={() => act(whole.print)}>
            {t('articles.print')}
          </Menu.Item>
          <Menu.Item leftSection={<IconDownload size={16} />} onClick={() => act(whole.download)}>
            {t('articles.download')}
          </Menu.Item>
          {mayManage && (
            <Menu.Item
              leftSection={article.frozenAt ? <IconSnowflakeOff size={16} /> : <IconSnowflake size={16} />}
              onClick={freeze}
            >
              {t(article.frozenAt ? 'articles.unfreeze' : 'articles.freeze')}
            </Menu.Item>
          )}
          {mayManage && !article.frozenAt && (
            <Menu.Item color="cinnabar" leftSection={<IconTrash size={16} />} onClick={ask.open}>
              {t('articles.delete')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {isAsked && (
        <ConfirmDialog
          title={t('articles.deleteTitle', { title: article.title })}
          text={t('articles.deleteText')}
          stay={t('common.cancel')}
          go={t('articles.delete')}
          onClose={ask.close}
          onConfirm={() => act(remove, t('articles.deleted'))}
        />
      )}
    </Group>
  )
}
