import { Button, Group, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useBlocker, useNavigate } from '@tanstack/react-router'
import { type Article, routes } from '@vesalius/contracts'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { ApiProblem } from '../../api/problem.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { Page } from '../../ui/Page.tsx'
import { Trouble } from '../../ui/Trouble.tsx'
import { useProblemText } from '../../ui/use-problem-text.ts'
import classes from './Articles.module.css'
import { type Audience, AudienceFields, audienceOf, isComplete } from './AudienceFields.tsx'
import { articleKeys } from './article-queries.ts'
import { ConflictNotice } from './ConflictNotice.tsx'
import { TextEditor } from './TextEditor.tsx'

interface Known {
  article: Article
  text: string
  revision: number
}

/** Title, readers and text of an article, new or known, with its preview. */
export function ArticleForm({ known }: { known: Known | null }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const navigate = useNavigate()
  const problemText = useProblemText()
  const [title, setTitle] = useState(known?.article.title ?? '')
  const [text, setText] = useState(known?.text ?? '')
  const [audience, setAudience] = useState<Audience>(audienceOf(known?.article ?? null))
  const [saving, setSaving] = useState(false)
  const [problem, setProblem] = useState<unknown>(null)
  const base = useRef(known?.revision ?? 0)
  const isSaved = useRef(false)
  const isChanged =
    title !== (known?.article.title ?? '') ||
    text !== (known?.text ?? '') ||
    JSON.stringify(audience) !== JSON.stringify(audienceOf(known?.article ?? null))
  const blocker = useBlocker({
    shouldBlockFn: () => isChanged && !isSaved.current,
    enableBeforeUnload: () => isChanged && !isSaved.current,
    withResolver: true,
  })

  const write = async (state: Article['state'], overwrites: boolean) => {
    if (!known) return call(routes.createArticle, { body: { title, text, state, ...audience } })
    const params = { articleId: known.article.id }
    const ifMatch = overwrites ? '*' : `"${base.current}"`
    if (text !== known.text || overwrites) {
      base.current = (await call(routes.putArticleText, { params, body: { text }, ifMatch })).revision
    }
    return call(routes.updateArticle, { params, body: { title, state, ...audience } })
  }
  const save = async (state: Article['state'], overwrites = false) => {
    setSaving(true)
    setProblem(null)
    try {
      const { id } = await write(state, overwrites)
      isSaved.current = true
      await navigate({ to: '/articles/$articleId', params: { articleId: id } })
      await client.invalidateQueries({ queryKey: articleKeys.all })
    } catch (error) {
      setProblem(error)
      setSaving(false)
    }
  }
  const state = known?.article.state ?? 'draft'
  const canSave = title.trim() !== '' && isComplete(audience) && !saving
  const isConflict = problem instanceof ApiProblem && problem.code === 'ARTICLE_CHANGED'
  return (
    <Page>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (canSave) void save(state)
        }}
      >
        <div className={classes.headLine}>
          <h1 style={{ margin: 0 }}>{t(known ? 'articles.editTitle' : 'articles.new')}</h1>
          <Group gap="xs">
            <Button
              type="submit"
              variant={state === 'draft' ? 'default' : 'filled'}
              disabled={!canSave}
              loading={saving}
            >
              {t(state === 'draft' ? 'articles.saveDraft' : 'articles.save')}
            </Button>
            {state === 'draft' && (
              <Button disabled={!canSave} onClick={() => void save('published')}>
                {t('articles.publish')}
              </Button>
            )}
          </Group>
        </div>
        {isConflict && known ? (
          <ConflictNotice article={known.article} onOverwrite={() => void save(state, true)} />
        ) : (
          problem !== null && <Trouble>{problemText(problem)}</Trouble>
        )}
        <TextInput
          required
          label={t('articles.titleLabel')}
          value={title}
          maxLength={200}
          data-autofocus={known ? undefined : true}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <AudienceFields value={audience} access={known?.article.access ?? 'owner'} onChange={setAudience} />
        <TextEditor label={t('articles.text')} value={text} onChange={setText} />
      </form>
      {blocker.status === 'blocked' && (
        <ConfirmDialog
          title={t('articles.leaveTitle')}
          text={t('articles.leaveText')}
          stay={t('articles.stay')}
          go={t('articles.leave')}
          onClose={blocker.reset}
          onConfirm={blocker.proceed}
        />
      )}
    </Page>
  )
}
