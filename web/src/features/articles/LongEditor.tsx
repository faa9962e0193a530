import { Button, Group } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { type InfiniteData, useQuery, useQueryClient } from '@tanstack/react-query'
import { type Article, type ArticleBlock, type ArticleHeading, type RouteAnswer, routes } from '@vesalius/contracts'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { Trouble } from '../../ui/Trouble.tsx'
import { useProblemText } from '../../ui/use-problem-text.ts'
import { ArticleContents } from './ArticleContents.tsx'
import classes from './Articles.module.css'
import { ArticleText } from './ArticleText.tsx'
import { articleKeys, headingsQuery } from './article-queries.ts'
import { TextEditor } from './TextEditor.tsx'

type Pages = InfiniteData<RouteAnswer<typeof routes.listArticleBlocks>>

/** A long article: each part is opened, changed and saved by itself, so that a save sends and writes that part alone. */
export function LongEditor({ article }: { article: Article }) {
  const { t } = useTranslation()
  const format = useFormat()
  const headings = useQuery(headingsQuery(article.id)).data ?? []
  const [target, setTarget] = useState<ArticleHeading | null>(null)
  const [open, setOpen] = useState<string | null>(null)
  const goTo = (heading: ArticleHeading) => setTarget({ ...heading })
  const renderBlock = (block: ArticleBlock, shown: ReactNode) =>
    open === block.id ? (
      <BlockEditor article={article} block={block} onDone={() => setOpen(null)} />
    ) : (
      <div className={classes.part}>
        {shown}
        <Button
          variant="default"
          size="xs"
          className={classes.partButton}
          leftSection={<IconPencil size={14} />}
          disabled={open !== null}
          onClick={() => setOpen(block.id)}
        >
          {t('articles.editPart')}
        </Button>
      </div>
    )
  return (
    <Page>
      <div className={classes.reader}>
        <header className={classes.head}>
          <div className={classes.headLine}>
            <h1 className={classes.title}>{article.title}</h1>
            <LinkButton to="/articles/$articleId" params={{ articleId: article.id }}>
              {t('articles.done')}
            </LinkButton>
          </div>
          <p className={classes.facts}>{t('articles.longText', { size: format.bytes(article.bytes) })}</p>
        </header>
        <ArticleContents headings={headings} onChoose={goTo} />
        <ArticleText
          articleId={article.id}
          headings={headings}
          target={target}
          onHeading={goTo}
          renderBlock={renderBlock}
        />
      </div>
    </Page>
  )
}

function BlockEditor({ article, block, onDone }: { article: Article; block: ArticleBlock; onDone: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const problemText = useProblemText()
  const [text, setText] = useState(block.text)
  const [problem, setProblem] = useState<unknown>(null)
  const [isSaving, setIsSaving] = useState(false)
  const save = async () => {
    setIsSaving(true)
    setProblem(null)
    try {
      const params = { articleId: article.id, blockId: block.id }
      const answer = await call(routes.putArticleBlock, { params, body: { text }, ifMatch: `"${block.tag}"` })
      const key = articleKeys.one(article.id)
      client.setQueriesData<Pages>({ queryKey: [...key, 'blocks'] }, (pages) =>
        replaceBlock(pages, block.id, answer.items),
      )
      client.setQueryData(key, answer.article)
      await client.invalidateQueries({ queryKey: [...key, 'headings'] })
      await client.invalidateQueries({ queryKey: [...key, 'revisions'] })
      onDone()
    } catch (error) {
      setProblem(error)
      setIsSaving(false)
    }
  }
  return (
    <div className={classes.openPart}>
      <TextEditor label={t('articles.text')} value={text} onChange={setText} rows={8} />
      {problem !== null && <Trouble>{problemText(problem)}</Trouble>}
      <Group gap="xs" mt="xs">
        <Button onClick={() => void save()} loading={isSaving} disabled={text === block.text}>
          {t('articles.savePart')}
        </Button>
        <Button variant="default" onClick={onDone}>
          {t('common.cancel')}
        </Button>
      </Group>
    </div>
  )
}

/** What stands in the place of a block, in every page of the text that is held. */
function replaceBlock(pages: Pages | undefined, id: string, items: ArticleBlock[]): Pages | undefined {
  return (
    pages && {
      ...pages,
      pages: pages.pages.map((page) => ({
        ...page,
        items: page.items.flatMap((block) => (block.id === id ? items : [block])),
      })),
    }
  )
}
