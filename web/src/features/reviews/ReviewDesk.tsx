import { ActionIcon, Button } from '@mantine/core'
import { IconChevronLeft, IconChevronRight, IconPencil } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type Image, type Project, type ReviewDecision, routes } from '@vesalius/contracts'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { KeyCap } from '../../ui/KeyCap.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { useAct } from '../../ui/use-act.ts'
import page from '../../workspace/AnnotatePage.module.css'
import { LabelStage } from '../../workspace/merge/LabelStage.tsx'
import { labelQuery } from '../images/image-queries.ts'
import { PresenceLine } from '../presence/PresenceLine.tsx'
import { LabelSummary } from './LabelSummary.tsx'
import { PinLayer } from './PinLayer.tsx'
import { RemarkPanel } from './RemarkPanel.tsx'
import { ReviewBanner } from './ReviewBanner.tsx'
import { reviewKey } from './review-key.ts'
import { useRemarks } from './use-remarks.ts'

interface Props {
  project: Project
  image: Image
  place: { position: number; total: string }
  previous: string | null
  next: string | null
  onShow: (imageId: string) => void
}

/** One image and its label, to be accepted or sent back. */
export function ReviewDesk({ project, image, place, previous, next, onShow }: Props) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const act = useAct()
  const known = useQuery(labelQuery(image.id))
  const remarks = useRemarks(image)
  const [frame, setFrame] = useState(0)
  const [words, setWords] = useState({ imageId: '', text: '' })
  const [showsMarks, setShowsMarks] = useState(true)
  const [isBusy, setIsBusy] = useState(false)
  const panel = useRef<HTMLElement>(null)
  const text = words.imageId === image.id ? words.text : ''
  const hasReason = text.trim() !== '' || image.openComments > 0
  const writeReason = () => panel.current?.querySelector<HTMLElement>('textarea[data-remark]')?.focus()
  const decide = (decision: ReviewDecision) => {
    const etag = known.data?.etag
    if (isBusy || !etag || image.annotatedAt === null) return
    if (decision === 'rejected' && !hasReason) return writeReason()
    setIsBusy(true)
    const comment =
      text.trim() === '' ? {} : { comment: { text: text.trim(), ...(remarks.place ? { place: remarks.place } : {}) } }
    const send = async () => {
      try {
        await call(routes.reviewImage, { params: { imageId: image.id }, body: { decision, ...comment }, ifMatch: etag })
        setWords({ imageId: '', text: '' })
        for (const key of [keys.reviewCounts(project.id), keys.reviews(image.id), keys.comments(image.id)]) {
          void client.invalidateQueries({ queryKey: key })
        }
        if (next) onShow(next)
      } finally {
        setIsBusy(false)
        void client.invalidateQueries({ queryKey: keys.label(image.id) })
      }
    }
    act(send, t(decision === 'accepted' ? 'review.acceptedNotice' : 'review.rejectedNotice', { name: image.name }))
  }
  const press = useEffectEvent((event: KeyboardEvent) => {
    const key = reviewKey(event, event.target)
    if (!key) return
    event.preventDefault()
    if (key === 'accept') decide('accepted')
    if (key === 'reject') decide('rejected')
    if (key === 'comment') writeReason()
    if (key === 'marks') setShowsMarks((now) => !now)
    if (key === 'next' && next) onShow(next)
    if (key === 'previous' && previous) onShow(previous)
  })
  useEffect(() => {
    const listener = (event: KeyboardEvent) => press(event)
    window.addEventListener('keydown', listener)
    return () => window.removeEventListener('keydown', listener)
  }, [])
  const label = known.data?.label
  if (known.error && !label) return <ErrorNotice error={known.error} onRetry={() => void known.refetch()} />
  return (
    <div className={page.page}>
      <LabelStage
        project={project}
        image={image}
        label={showsMarks ? label : undefined}
        frame={frame}
        onFrame={setFrame}
        over={(stage) => <PinLayer pins={remarks} stage={stage} size={image} />}
      />
      <aside ref={panel} className={page.panel} aria-label={t('review.title')}>
        <div className={page.top}>
          <div className={page.line}>
            <h2 className={page.name} title={image.name}>
              {image.name}
            </h2>
            <span className={page.place}>{t('annotate.queuePosition', place)}</span>
          </div>
          <Annotator image={image} />
          <PresenceLine image={image} isEditing={false} />
        </div>
        <div className={page.answers}>
          <ReviewBanner image={image} />
          {label && <LabelSummary project={project} label={label} />}
          <RemarkPanel
            remarks={remarks}
            frame={frame}
            draft={{ text, onChange: (next) => setWords({ imageId: image.id, text: next }) }}
          />
        </div>
        <div className={page.foot}>
          <Button
            size="md"
            loading={isBusy}
            disabled={!label || image.annotatedAt === null}
            rightSection={<KeyCap>A</KeyCap>}
            onClick={() => decide('accepted')}
          >
            {t('review.accept')}
          </Button>
          <Button
            variant="outline"
            color="cinnabar"
            disabled={!label || isBusy || image.annotatedAt === null}
            rightSection={<KeyCap>X</KeyCap>}
            onClick={() => decide('rejected')}
          >
            {t(hasReason ? 'review.reject' : 'review.rejectWhy')}
          </Button>
          <div className={page.line}>
            <span style={{ whiteSpace: 'nowrap' }}>
              {(['previous', 'next'] as const).map((way) => {
                const target = way === 'next' ? next : previous
                const Icon = way === 'next' ? IconChevronRight : IconChevronLeft
                return (
                  <ActionIcon
                    key={way}
                    variant="subtle"
                    color="gray"
                    disabled={!target}
                    aria-label={t(`annotate.${way}Image`)}
                    onClick={() => target && onShow(target)}
                  >
                    <Icon size={18} />
                  </ActionIcon>
                )
              })}
            </span>
            <Button
              size="compact-xs"
              variant="subtle"
              color="gray"
              rightSection={<KeyCap>M</KeyCap>}
              onClick={() => setShowsMarks(!showsMarks)}
            >
              {t(showsMarks ? 'review.hideMarks' : 'review.showMarks')}
            </Button>
            <LinkButton
              size="compact-xs"
              variant="subtle"
              color="gray"
              leftSection={<IconPencil size={15} />}
              to="/projects/$projectId/annotate"
              params={{ projectId: project.id }}
              search={{ annotated: true, review: 'unreviewed', image: image.id }}
            >
              {t('review.edit')}
            </LinkButton>
          </div>
        </div>
      </aside>
    </div>
  )
}

function Annotator({ image }: { image: Image }) {
  const { t } = useTranslation()
  const revisions = useQuery({
    queryKey: keys.annotator(image.id, image.labelRevision),
    queryFn: async ({ signal }) =>
      (await call(routes.listLabelRevisions, { params: { imageId: image.id }, signal })).items[0]?.authorName ?? null,
  })
  return (
    <div className={page.state}>
      {revisions.data ? t('review.annotatedBy', { name: revisions.data }) : t('annotate.notAnnotated')}
    </div>
  )
}
